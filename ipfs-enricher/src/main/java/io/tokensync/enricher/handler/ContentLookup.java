package io.tokensync.enricher.handler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

import io.tokensync.enricher.content.ContentAnswer;
import io.tokensync.enricher.content.ContentAnswer.Failed;
import io.tokensync.enricher.content.ContentAnswer.Found;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.ContentRequest;
import io.tokensync.enricher.content.ContentSource;
import io.tokensync.enricher.content.FileAnswer;
import io.tokensync.enricher.content.FileBlocks;

/**
 * Finds the content of rows in two steps: in the calling thread what needs no waiting; the rest of a batch side by side, each
 * search on a thread of its own that the row waits for only so long; also the blocks of a file that goes on. What comes too
 * late still reaches the cache behind {@code elsewhere}. Searches under way are bounded; batches get their turn one after the
 * other, and a row that does not get its turn in time goes without, so that none waits longer than twice the longest wait
 * once its batch has its turn.
 */
public final class ContentLookup {
    private final FileBlocks files;
    private final ContentSource atHand;
    private final Optional<ContentSource> elsewhere;
    private final Executor threads;
    private final Duration longestWait;
    private final Semaphore searches;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Failed tooLate;
    private final Failed noTurn;

    /**
     * @param files makes files of the blocks that are found
     * @param atHand answers without I/O
     * @param elsewhere asked when that has not found it; may block
     * @param threads one virtual thread per request
     * @param longestWait of a row for its content
     * @param searches most searches under way
     */
    public ContentLookup(FileBlocks files, ContentSource atHand, Optional<ContentSource> elsewhere, Executor threads,
            Duration longestWait, int searches) {
        this.files = Objects.requireNonNull(files);
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

    /** What is at hand of a content. */
    sealed interface AtHand {
        /** All there is to know. */
        record Known(FileAnswer answer) implements AtHand {}

        /** Nothing, or the first of several blocks: it is to be searched for. */
        record Search(ContentRequest request, ContentAnswer first) implements AtHand {}
    }

    /** Looks at what is at hand. */
    AtHand atHand(ContentRequest request) throws InterruptedException {
        ContentAnswer first = atHand.find(request);
        Optional<FileAnswer> file = first instanceof Found found
                ? files.alone(request.cid(), found)
                : Optional.empty();
        if (file.isPresent()) {
            return new AtHand.Known(file.get());
        }
        return hasSources() ? new AtHand.Search(request, first) : new AtHand.Known(failed(first));
    }

    /**
     * Searches side by side for what is missing of a batch and returns the answers in order, each within the longest wait
     * from the beginning of its search.
     *
     * @param searching is called when it is the batch's turn to search
     */
    List<FileAnswer> find(List<AtHand.Search> open, Runnable searching) throws InterruptedException {
        if (open.isEmpty()) {
            return List.of();
        }
        List<Pending> pending = start(open, searching);
        List<FileAnswer> answers = new ArrayList<>(open.size());
        for (Pending search : pending) {
            answers.add(await(search));
        }
        return answers;
    }

    /** A search under way: its answer, and until when it is waited for, by the JVM's clock in nanoseconds. */
    private record Pending(ContentAnswer first, CompletableFuture<FileAnswer> answer, long end) {}

    private List<Pending> start(List<AtHand.Search> open, Runnable searching) throws InterruptedException {
        ContentSource source = elsewhere.orElseThrow();
        List<Pending> pending = new ArrayList<>(open.size());
        turn.lockInterruptibly();
        try {
            searching.run();
            long end = System.nanoTime() + longestWait.toNanos();
            for (AtHand.Search search : open) {
                boolean mine = searches.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                CompletableFuture<FileAnswer> answer = mine
                        ? start(search, source)
                        : CompletableFuture.completedFuture(noTurn);
                pending.add(new Pending(search.first, answer, System.nanoTime() + longestWait.toNanos()));
            }
        } finally {
            turn.unlock();
        }
        return pending;
    }

    private CompletableFuture<FileAnswer> start(AtHand.Search search, ContentSource source) {
        CompletableFuture<FileAnswer> answer = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                answer.complete(file(search, source));
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            } finally {
                searches.release();
            }
        });
        return answer;
    }

    /** One after the other: who began later is waited for longer, and a timer for each costs more than most of them wait. */
    private FileAnswer await(Pending search) throws InterruptedException {
        try {
            return best(search.first, search.answer.get(search.end - System.nanoTime(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            return best(search.first, tooLate);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a content source failed in a way it should not", e.getCause());
        }
    }

    private FileAnswer file(AtHand.Search search, ContentSource source) throws InterruptedException {
        ContentAnswer root = search.first instanceof Found ? search.first : source.find(search.request);
        return switch (root) {
            case Found found -> files.whole(search.request, found, source);
            case Failed failed -> failed;
        };
    }

    /** Of two failures the more telling. */
    private static FileAnswer best(ContentAnswer first, FileAnswer second) {
        return first instanceof Failed before && second instanceof Failed after ? before.or(after) : second;
    }

    private static Failed failed(ContentAnswer first) {
        return switch (first) {
            case Failed failed -> failed;
            case Found found -> new Failed(ContentFailure.NOT_FOUND,
                    found.source() + " has the first of several blocks, and no other source is configured");
        };
    }
}
