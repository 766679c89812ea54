package io.tokensync.writer.session;

/** Something old that ends now and then, between the batches of session summaries. */
@FunctionalInterface
public interface Expiry {
    /**
     * Ends some of it if it is time. A failure delays nothing but itself.
     *
     * @throws InterruptedException when the thread is interrupted while waiting
     */
    void look() throws InterruptedException;
}
