package io.tokensync.scanner.publish;

/** Publishes records when there is room for them behind the agent; what is said of them is published at once. */
public final class PacedTokenPublisher implements TokenPublisher {
    private final TokenPublisher publisher;
    private final Backpressure backpressure;

    public PacedTokenPublisher(TokenPublisher publisher, Backpressure backpressure) {
        this.publisher = publisher;
        this.backpressure = backpressure;
    }

    @Override
    public SendFuture publish(Batch batch) throws InterruptedException {
        if (!batch.records().isEmpty()) {
            backpressure.await(batch.records().size());
        }
        return publisher.publish(batch);
    }

    @Override
    public void close() {
        publisher.close();
    }
}
