package io.tokensync.tds.wire;

import java.io.IOException;

/** The connection is to be dropped without another byte, because the test said so. */
public final class CutException extends IOException {
    private static final long serialVersionUID = 1L;

    public CutException(String message) {
        super(message);
    }
}
