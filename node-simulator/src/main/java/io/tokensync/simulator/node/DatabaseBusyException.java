package io.tokensync.simulator.node;

import java.io.IOException;
import java.io.Serial;

/** Somebody else holds the lock of a node's database. */
public final class DatabaseBusyException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    public DatabaseBusyException(String message, Throwable cause) {
        super(message, cause);
    }
}
