package io.tokensync.simulator;

import java.io.IOException;
import java.io.Serial;

/** A directory that a simulation must not be written to; the message says why and what to do. */
public final class UnusableDirectoryException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    UnusableDirectoryException(String message) {
        super(message);
    }
}
