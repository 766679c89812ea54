package io.tokensync.tds.wire;

import java.io.IOException;

/** The client sent bytes that are not TDS 7.4 as this server speaks it. The connection is closed. */
public final class MalformedMessageException extends IOException {
    private static final long serialVersionUID = 1L;

    public MalformedMessageException(String message) {
        super(message);
    }
}
