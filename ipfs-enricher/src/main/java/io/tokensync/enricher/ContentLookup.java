package io.tokensync.enricher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.tokensync.enricher.content.ContentAnswer;
import io.tokensync.enricher.content.ContentAnswer.Failed;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.ContentRequest;
import io.tokensync.enricher.content.ContentSource;

/**
 * Finds the content of the rows of a batch in two steps: in the calling thread what needs no waiting; the rest side by
 * side, each search on a thread of its own that the row waits for only so long. What comes too late still reaches the
 * cache behind {@code elsewhere}. Searches under way are bounded; batches get their turn one after the other, and one that
 * does not get its turn in time goes without, so that no row waits longer than twice the longest wait.
 */
final class ContentLookup {
    private final ContentSource atHand;
    private final Optional<ContentSource> elsewhere;
    private final Executor threads;
    private final Duration longestWait;
    private final Semaphore searches;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Failed tooLate;
    private final Failed noTurn;

    /**
     * @param atHand answers without I/O
     * @param elsewhere asked when that has not found it; may block
     * @param threads one virtual thread per request
     * @param longestWait of a row for its content
     * @param searches most searches under way
     */
    ContentLookup(ContentSource atHand, Optional<ContentSource> elsewhere, Executor threads, Duration longestWait,
            int searches) {
        this.atHand = Objects.requireNonNull(atHand);
        this.elsewhere = elsewhere;
        this.threads = threads;
        this.longestWait = longestWait;
        this.searches = new Semaphore(searches);
        this.tooLate = new Failed(ContentFailure.TIMEOUT,
                "no content within " + longestWait.toMillis() + " ms, while it was still looked for");
        this.noTurn = new Failed(ContentFailure.NOT_ASKED,
                searches + " other contents were looked for, for " + longestWait.toMillis() + " ms");
    }

    /** Whether asking again can help: whether there is a source beside what is at hand. */
    boolean hasSources() {
        return elsewhere.isPresent();
    }

    /**
     * Starts the searches of a batch and returns their answers in order, complete already when they were at hand. They
     * complete within the longest wait, exceptionally only by a mistake of a source.
     */
    List<CompletableFuture<ContentAnswer>> find(List<ContentRequest> requests) throws InterruptedException {
        List<CompletableFuture<ContentAnswer>> answers = new ArrayList<>(requests.size());
        boolean complete = true;
        for (ContentRequest request : requests) {
            ContentAnswer answer = atHand.find(request);
            complete &= answer instanceof ContentAnswer.Found;
            answers.add(CompletableFuture.completedFuture(answer));
        }
        if (!complete && elsewhere.isPresent()) {
            turn.lockInterruptibly();
            try {
                search(requests, answers, elsewhere.get());
            } finally {
                turn.unlock();
            }
        }
        return answers;
    }

    private void search(List<ContentRequest> requests, List<CompletableFuture<ContentAnswer>> answers,
            ContentSource source) throws InterruptedException {
        long end = System.nanoTime() + longestWait.toNanos();
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i).join() instanceof Failed first) {
                boolean mine = searches.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                answers.set(i, mine
                        ? search(requests.get(i), source).thenApply(second -> best(first, second))
                        : CompletableFuture.completedFuture(first.or(noTurn)));
            }
        }
    }

    private CompletableFuture<ContentAnswer> search(ContentRequest request, ContentSource source) {
        CompletableFuture<ContentAnswer> answer = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                answer.complete(source.find(request));
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            } finally {
                searches.release();
            }
        });
        return answer.completeOnTimeout(tooLate, longestWait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ContentAnswer best(Failed first, ContentAnswer second) {
        return second instanceof Failed failed ? first.or(failed) : second;
    }
}
