package io.tokensync.enricher.content;

/** Somebody who may have the block of an id. */
@FunctionalInterface
public interface ContentSource {
    /**
     * Looks for the block. Returns within a bound of its own whatever the other side does, and says everything that can be
     * expected to go wrong by a {@link ContentAnswer.Failed}. Thread-safe.
     *
     * @throws InterruptedException when the thread is interrupted while it waits
     */
    ContentAnswer find(ContentRequest request) throws InterruptedException;
}
