package io.tokensync.enricher.handler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
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

import io.tokensync.common.model.Content;
import io.tokensync.common.model.IpfsBlock;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.enricher.content.ContentAnswer;
import io.tokensync.enricher.content.ContentAnswer.Failed;
import io.tokensync.enricher.content.ContentAnswer.Found;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.ContentReader;
import io.tokensync.enricher.content.ContentRequest;
import io.tokensync.enricher.content.ContentSource;
import io.tokensync.enricher.content.FileAnswer;
import io.tokensync.enricher.content.FileBlocks;
import io.tokensync.enricher.content.FileBounds;
import io.tokensync.ipfs.Cid;
import io.tokensync.ipfs.WholeToken;

/**
 * Finds the content of rows in two steps: in the calling thread, row by row, what needs no waiting, so that a row is done
 * while the processor still has it near; the rest of a batch side by side, each search on a thread of its own that the row
 * waits for only so long; also the blocks of a file that goes on. What comes too late still reaches the cache behind
 * {@code elsewhere}. Searches under way are bounded; batches get their turn one after the other, and a row that does not get
 * its turn in time goes without, so that none waits longer than twice the longest wait once its batch has its turn.
 */
public final class ContentLookup {
    /** The source's name in {@code ipfs_source}. */
    private static final String DERIVED = "derived";
    private static final Failed NOT_A_CID = new Failed(ContentFailure.NOT_A_CID,
            "the token id is neither a CIDv0 nor a CIDv1 of sha2-256 or sha3-256");

    private final ContentReader reader;
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
     * @param maxCharacters longest text that is kept, in UTF-16 units
     * @param atHand answers without I/O
     * @param elsewhere asked when that has not found it; may block
     * @param threads one virtual thread per request
     * @param longestWait of a row for its content
     * @param searches most searches under way
     */
    public ContentLookup(int maxCharacters, ContentSource atHand, Optional<ContentSource> elsewhere, Executor threads,
            Duration longestWait, int searches) {
        this.reader = new ContentReader(maxCharacters);
        this.files = new FileBlocks(FileBounds.ofText(maxCharacters), System::nanoTime);
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

    /** What is known of a row's content. */
    sealed interface Outcome {
        /**
         * Verified and read.
         *
         * @param proof the block of the id where the content alone does not hash to it; else null
         */
        record Found(Content.Fetched content, IpfsBlock proof) implements Outcome {}

        /**
         * Not found.
         *
         * @param mayCome whether asking again can help
         */
        record Missing(Failed failure, boolean mayCome) implements Outcome {}
    }

    /** A row whose content is to be searched for, and what is at hand of it: nothing, or the first of several blocks. */
    record Search(TokenRecord row, ContentRequest request, ContentAnswer first) {}

    /**
     * The outcome of a row whose content is at hand, or is never going to be found.
     *
     * @param open gets the search of a row that has none yet, for {@link #search}
     */
    Optional<Outcome> atHand(TokenRecord row, List<Search> open) throws InterruptedException {
        Optional<Cid> cid = Cid.parse(row.key().tokenId());
        if (cid.isEmpty()) {
            return Optional.of(WholeToken.ofId(row.key().tokenId()).map(this::derived).orElse(missing(NOT_A_CID)));
        }
        ContentRequest request = ContentRequest.of(cid.get(), row);
        ContentAnswer first = atHand.find(request);
        Optional<FileAnswer> file = first instanceof Found found
                ? files.alone(request.cid(), found)
                : Optional.empty();
        if (file.isEmpty() && elsewhere.isPresent()) {
            open.add(new Search(row, request, first));
            return Optional.empty();
        }
        return Optional.of(outcome(file.orElseGet(() -> failed(first))));
    }

    /**
     * Searches side by side for what is missing of a batch and returns the outcomes in order, each within the longest wait
     * from the beginning of its search.
     *
     * @param searching is called when it is the batch's turn to search
     */
    List<Outcome> search(List<Search> open, Runnable searching) throws InterruptedException {
        if (open.isEmpty()) {
            return List.of();
        }
        List<Pending> pending = start(open, searching);
        List<Outcome> outcomes = new ArrayList<>(open.size());
        for (Pending search : pending) {
            outcomes.add(outcome(await(search)));
        }
        return outcomes;
    }

    /** One outcome a row, in order: both steps for all of them. */
    List<Outcome> find(List<TokenRecord> rows, Runnable searching) throws InterruptedException {
        List<Search> open = new ArrayList<>();
        List<Optional<Outcome>> known = new ArrayList<>(rows.size());
        for (TokenRecord row : rows) {
            known.add(atHand(row, open));
        }
        Iterator<Outcome> found = search(open, searching).iterator();
        return known.stream().map(outcome -> outcome.orElseGet(found::next)).toList();
    }

    private Outcome outcome(FileAnswer answer) {
        return switch (answer) {
            case Failed failed -> missing(failed);
            case FileAnswer.File file -> switch (reader.read(file)) {
                case ContentReader.Reading.Rejected(var failed) -> missing(failed);
                case ContentReader.Reading.Kept(var content) -> new Outcome.Found(content, file.proof());
            };
        };
    }

    /** A node of v1 says with the id which token it is, and with that what its content is. */
    private Outcome derived(WholeToken token) {
        Found found = new Found(new IpfsBlock(token.block()), DERIVED, Optional.of(token));
        return outcome(files.alone(token.cid(), found).orElseThrow());
    }

    private Outcome missing(Failed failure) {
        return new Outcome.Missing(failure, elsewhere.isPresent() && !failure.reason().isFinal());
    }

    /** A search under way: its answer, and until when it is waited for, by the JVM's clock in nanoseconds. */
    private record Pending(ContentAnswer first, CompletableFuture<FileAnswer> answer, long end) {}

    private List<Pending> start(List<Search> open, Runnable searching) throws InterruptedException {
        ContentSource source = elsewhere.orElseThrow();
        List<Pending> pending = new ArrayList<>(open.size());
        turn.lockInterruptibly();
        try {
            searching.run();
            long end = System.nanoTime() + longestWait.toNanos();
            for (Search search : open) {
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

    private CompletableFuture<FileAnswer> start(Search search, ContentSource source) {
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

    private FileAnswer file(Search search, ContentSource source) throws InterruptedException {
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
