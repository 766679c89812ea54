package io.tokensync.common.kafka.window;

/** The batch's partitions have been taken away, or the loop is closed: it is not committed. */
public final class BatchAbandonedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BatchAbandonedException() {
        super("the batch has been abandoned");
    }
}
