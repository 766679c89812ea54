package io.tokensync.common.kafka;

/** Nobody knows whether a transaction was committed; the committed offsets tell when the next producer has asked. */
final class UnknownOutcomeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownOutcomeException(Throwable cause) {
        super("the outcome of the transaction is unknown", cause);
    }
}
