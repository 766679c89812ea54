package io.tokensync.enricher.content;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tokensync.enricher.content.ContentAnswer.Failed;
import io.tokensync.enricher.content.ContentAnswer.Found;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class WatchedSourceTest extends ContentSourceContract {
    private static final Sample ONE = Sample.of("one");
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration IMPATIENCE = Duration.ofMillis(50);
    private static final String DEAD = "/mnt/dead";
    private static final String WELL = "/mnt/well";

    private final FakeSource store = FakeSource.with(List.of(ONE));
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger touched = new AtomicInteger();
    private final ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor();
    private WatchedSource watched;

    @AfterEach
    void close() {
        gate.countDown();
        virtual.close();
        if (watched != null) {
            watched.close();
        }
    }

    @Override
    protected ContentSource sourceWith(List<Sample> samples) {
        watched = new WatchedSource(FakeSource.with(samples), 10, LONGEST_WAIT);
        return watched;
    }

    @Override
    protected ContentRequest request(Sample sample) {
        return in(WELL, sample);
    }

    @Test
    void aReadThatHangsIsLeftBehindAndItsStoreLeftAloneUntilItHasEnded() throws Exception {
        watch(10);
        assertFailed(watched.find(in(DEAD, ONE)), ContentFailure.TIMEOUT, DEAD + " has not answered within 50 ms");
        assertFailed(watched.find(in(DEAD, ONE)), ContentFailure.UNAVAILABLE, DEAD + " does not answer");
        assertThat(touched).hasValue(1);
        awaitFound(in(WELL, ONE));

        gate.countDown();
        awaitFound(in(DEAD, ONE));
    }

    @Test
    void readsThatHangLeaveOtherSearchesTheirThreads() throws Exception {
        int stores = Runtime.getRuntime().availableProcessors() + 1;
        watch(stores);
        List<Future<ContentAnswer>> hanging = IntStream.range(0, stores)
                .mapToObj(i -> virtual.submit(() -> watched.find(in(DEAD + i, ONE)))).toList();
        await().until(() -> touched.get() == stores);
        Future<ContentAnswer> other = virtual.submit(() -> watched.find(ONE.request()));
        await().until(other::isDone);
        assertThat(other.get()).isInstanceOf(Found.class);
        for (Future<ContentAnswer> answer : hanging) {
            assertFailed(answer.get(), ContentFailure.TIMEOUT, DEAD);
        }
    }

    @Test
    void aStoreThatHangsKeepsFewThreads() throws Exception {
        watch(100);
        List<Future<ContentAnswer>> answers = IntStream.range(0, 100)
                .mapToObj(_ -> virtual.submit(() -> watched.find(in(DEAD, ONE)))).toList();
        for (Future<ContentAnswer> answer : answers) {
            assertThat(answer.get()).isInstanceOf(Failed.class);
        }
        assertThat(touched).hasValueLessThanOrEqualTo(4);
    }

    @Test
    void whenTooManyReadsHangNothingElseIsRead() throws Exception {
        watch(2);
        assertFailed(watched.find(in(DEAD + 1, ONE)), ContentFailure.TIMEOUT, "");
        assertFailed(watched.find(in(DEAD + 2, ONE)), ContentFailure.TIMEOUT, "");
        assertFailed(watched.find(in(WELL, ONE)), ContentFailure.NOT_ASKED, "hang");
        gate.countDown();
        awaitFound(in(WELL, ONE));
    }

    @Test
    void aRequestThatNamesNoStoreIsAnsweredWithoutAThread() throws Exception {
        watch(1);
        assertFailed(watched.find(in(DEAD, ONE)), ContentFailure.TIMEOUT, "");
        assertThat(watched.find(ONE.request())).isInstanceOf(Found.class);
    }

    @Test
    void aSourceThatBreaksIsNoHang() {
        watched = new WatchedSource(_ -> {
            throw new IllegalArgumentException("broken");
        }, 10, LONGEST_WAIT);
        for (int time = 0; time < 10; time++) {
            assertThatThrownBy(() -> watched.find(in(WELL, ONE))).hasRootCauseMessage("broken");
        }
    }

    /** A store that hangs until the gate opens, as a dead mount does: whatever thread reads it. */
    private void watch(int mostThreads) {
        watched = new WatchedSource(request -> {
            if (request.ipfsPath() != null && request.ipfsPath().startsWith(DEAD)) {
                touched.incrementAndGet();
                while (gate.getCount() > 0) {
                    Thread.onSpinWait(); // unlike the latch, this keeps the carrier of a virtual thread
                }
            }
            return store.find(request);
        }, mostThreads, IMPATIENCE);
    }

    /** Found at last: on a busy machine a read may take longer than the bound, which costs that one only. */
    private void awaitFound(ContentRequest request) {
        await().untilAsserted(() -> assertThat(watched.find(request)).isInstanceOf(Found.class));
    }

    private static ContentRequest in(String ipfsPath, Sample sample) {
        return new ContentRequest(sample.cid(), null, ipfsPath);
    }

    private static void assertFailed(ContentAnswer answer, ContentFailure reason, String detail) {
        assertThat(answer).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(reason);
            assertThat(failed.detail()).contains(detail);
        });
    }
}
