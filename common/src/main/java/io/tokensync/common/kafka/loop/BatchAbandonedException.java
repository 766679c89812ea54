package io.tokensync.common.kafka.loop;

/** The batch's partitions have been taken away, or the loop is closed: it is not committed. */
final class BatchAbandonedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BatchAbandonedException() {
        super("the batch has been abandoned");
    }
}
