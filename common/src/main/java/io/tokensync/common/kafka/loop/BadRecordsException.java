package io.tokensync.common.kafka.loop;

/** Too many records at once, or one of them is at fault; the cause tells. */
final class BadRecordsException extends Exception {
    private static final long serialVersionUID = 1L;

    BadRecordsException(Exception cause) {
        super(cause);
    }
}
