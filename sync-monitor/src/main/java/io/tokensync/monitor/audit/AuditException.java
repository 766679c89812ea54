package io.tokensync.monitor.audit;

/** The table cannot be asked; the message says why, without secrets. */
public final class AuditException extends Exception {
    private static final long serialVersionUID = 1L;

    public AuditException(String message, Throwable cause) {
        super(message, cause);
    }
}
