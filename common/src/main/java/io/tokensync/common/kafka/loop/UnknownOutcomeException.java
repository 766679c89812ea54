package io.tokensync.common.kafka.loop;

/**
 * Nobody knows whether a transaction was committed; the committed offsets tell when the next producer has asked. What
 * happened is kept as suppressed, not as the cause: a timeout may be tried again, this may not.
 */
public final class UnknownOutcomeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnknownOutcomeException(Throwable reason) {
        super("the outcome of the transaction is unknown: " + reason);
        addSuppressed(reason);
    }
}
