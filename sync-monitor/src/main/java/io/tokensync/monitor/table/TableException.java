package io.tokensync.monitor.table;

/** The table has no answer now; the message says why, for people and without secrets. */
public final class TableException extends Exception {
    private static final long serialVersionUID = 1L;

    public TableException(String message, Throwable cause) {
        super(message, cause);
    }
}
