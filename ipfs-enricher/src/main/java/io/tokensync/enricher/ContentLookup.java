package io.tokensync.enricher;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.tokensync.enricher.content.ContentAnswer;
import io.tokensync.enricher.content.ContentAnswer.Failed;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.ContentRequest;
import io.tokensync.enricher.content.ContentSource;

/**
 * Finds content in two steps: in the calling thread what needs no waiting, the rest on a thread of its own that the row
 * waits for only so long. What comes too late still reaches the cache behind {@code elsewhere}.
 */
final class ContentLookup {
    private final ContentSource atHand;
    private final Optional<ContentSource> elsewhere;
    private final Executor threads;
    private final Duration longestWait;
    private final Failed tooLate;

    /**
     * @param atHand answers without I/O
     * @param elsewhere asked when that has not found it; may block
     * @param threads one virtual thread per request
     * @param longestWait of a row for its content
     */
    ContentLookup(ContentSource atHand, Optional<ContentSource> elsewhere, Executor threads, Duration longestWait) {
        this.atHand = Objects.requireNonNull(atHand);
        this.elsewhere = elsewhere;
        this.threads = threads;
        this.longestWait = longestWait;
        this.tooLate = new Failed(ContentFailure.TIMEOUT,
                "no content within " + longestWait.toMillis() + " ms, while it was still looked for");
    }

    /**
     * Starts the search for one row. The future is complete already when the answer was at hand; otherwise it completes
     * within the longest wait, exceptionally only by a mistake of a source.
     */
    CompletableFuture<ContentAnswer> find(ContentRequest request) throws InterruptedException {
        ContentAnswer first = atHand.find(request);
        return switch (first) {
            case ContentAnswer.Found _ -> CompletableFuture.completedFuture(first);
            case Failed failed when elsewhere.isEmpty() -> CompletableFuture.completedFuture(failed);
            case Failed failed -> search(request, elsewhere.get())
                    .completeOnTimeout(tooLate, longestWait.toMillis(), TimeUnit.MILLISECONDS)
                    .thenApply(second -> best(failed, second));
        };
    }

    private CompletableFuture<ContentAnswer> search(ContentRequest request, ContentSource source) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return source.find(request);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CompletionException(e);
            }
        }, threads);
    }

    private static ContentAnswer best(Failed first, ContentAnswer second) {
        return second instanceof Failed failed ? first.or(failed) : second;
    }
}
