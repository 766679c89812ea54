package io.tokensync.enricher.content;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.tokensync.enricher.content.ContentAnswer.Failed;

/**
 * Waits only so long for reads of block stores that may hang, such as one on a mount that is gone. Nothing ends such a read,
 * and on a virtual thread it would keep its carrier, of which there are as many as processors: each is done on a platform
 * thread that can be left behind. A store of which a read hangs is not touched again before that read has ended.
 */
public final class WatchedSource implements ContentSource, AutoCloseable {
    /** Most reads of one store under way, so that a store that hangs keeps no more threads. */
    private static final int READS_OF_A_STORE = 4;
    private static final int IDLE_SECONDS = 60;

    private final ContentSource source;
    private final Duration longestWait;
    private final ExecutorService threads;
    /** Those of which a read is under way or waited for, by the path in the record. */
    private final Map<String, WatchedStore> stores = new ConcurrentHashMap<>();

    /**
     * @param source reads the stores that requests name
     * @param mostThreads most reads under way or hanging; with so many nothing more is read before one has ended
     * @param longestWait for a turn at a store, and then for the read itself
     */
    public WatchedSource(ContentSource source, int mostThreads, Duration longestWait) {
        this.source = source;
        this.longestWait = longestWait;
        this.threads = new ThreadPoolExecutor(0, mostThreads, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(),
                Thread.ofPlatform().daemon().name("blockstore-", 0).factory());
    }

    @Override
    public ContentAnswer find(ContentRequest request) throws InterruptedException {
        if (request.ipfsPath() == null) {
            return source.find(request);
        }
        WatchedStore store = enter(request.ipfsPath());
        try {
            return find(request, store);
        } finally {
            leave(request.ipfsPath());
        }
    }

    /** Waits for none of the reads: those that hang are on daemon threads. */
    @Override
    public void close() {
        threads.shutdownNow();
    }

    private ContentAnswer find(ContentRequest request, WatchedStore store) throws InterruptedException {
        if (store.hangs()) {
            return leftAlone(request);
        }
        boolean mine = store.turns().tryAcquire(longestWait.toNanos(), TimeUnit.NANOSECONDS);
        if (store.hangs()) {
            if (mine) {
                store.turns().release();
            }
            return leftAlone(request);
        }
        return mine ? await(start(request, store), request, store) : notAsked("its turn did not come");
    }

    /** Takes over the turn. */
    private CompletableFuture<ContentAnswer> start(ContentRequest request, WatchedStore store) {
        CompletableFuture<ContentAnswer> answer = new CompletableFuture<>();
        var _ = enter(request.ipfsPath());
        try {
            threads.execute(() -> {
                try {
                    read(request, store, answer);
                } finally {
                    end(request, store);
                }
            });
        } catch (RejectedExecutionException _) {
            end(request, store);
            answer.complete(notAsked("too many reads of other block stores hang"));
        }
        return answer;
    }

    private void read(ContentRequest request, WatchedStore store, CompletableFuture<ContentAnswer> answer) {
        boolean inTime;
        try {
            inTime = answer.complete(source.find(request));
        } catch (Throwable e) { // errors of the JVM too: whoever waits must hear of it
            inTime = answer.completeExceptionally(e);
        }
        if (!inTime) {
            store.hangsNoMore();
        }
    }

    private void end(ContentRequest request, WatchedStore store) {
        store.turns().release();
        leave(request.ipfsPath());
    }

    private ContentAnswer await(CompletableFuture<ContentAnswer> answer, ContentRequest request, WatchedStore store)
            throws InterruptedException {
        try {
            return answer.get(longestWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return leaveBehind(answer, request, store);
        } catch (ExecutionException e) {
            throw new IllegalStateException("reading the block store below " + request.ipfsPath() + " failed",
                    e.getCause());
        }
    }

    private ContentAnswer leaveBehind(CompletableFuture<ContentAnswer> answer, ContentRequest request,
            WatchedStore store) throws InterruptedException {
        store.hangsOnceMore();
        if (answer.complete(new Failed(ContentFailure.TIMEOUT, "the block store below " + request.ipfsPath()
                + " has not answered within " + longestWait.toMillis() + " ms"))) {
            return answer.join();
        }
        store.hangsNoMore();
        return await(answer, request, store);
    }

    private static Failed leftAlone(ContentRequest request) {
        return new Failed(ContentFailure.UNAVAILABLE, "the block store below " + request.ipfsPath()
                + " does not answer: not asked before an earlier read has ended");
    }

    private Failed notAsked(String why) {
        return new Failed(ContentFailure.NOT_ASKED, "the block store was not read: " + why);
    }

    private WatchedStore enter(String path) {
        return stores.compute(path,
                (_, known) -> (known == null ? new WatchedStore(READS_OF_A_STORE) : known).entered());
    }

    private void leave(String path) {
        var _ = stores.computeIfPresent(path, (_, store) -> store.left());
    }
}
