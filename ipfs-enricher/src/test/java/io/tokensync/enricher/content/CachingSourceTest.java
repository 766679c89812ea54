package io.tokensync.enricher.content;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.tokensync.common.metrics.MetricNames;
import io.tokensync.enricher.content.ContentAnswer.Failed;
import io.tokensync.enricher.content.ContentAnswer.Found;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class CachingSourceTest extends ContentSourceContract {
    private static final Sample ONE = Sample.of("one");
    private static final Duration KEPT = Duration.ofSeconds(30);
    private static final Duration FIRST = Duration.ofSeconds(1);

    private final TestMetrics metrics = new TestMetrics();
    private final AtomicLong nanos = new AtomicLong();
    private final FakeSource source = FakeSource.with(List.of(ONE));

    @Override
    protected ContentSource sourceWith(List<Sample> samples) {
        return caching(FakeSource.with(samples), 1 << 20);
    }

    @Test
    void aBlockIsFetchedOnce() throws Exception {
        CachingSource cache = caching(source, 1 << 20);
        cache.find(ONE.request());
        nanos.addAndGet(Duration.ofDays(365).toNanos());
        assertThat(cache.find(ONE.request())).isInstanceOf(Found.class);
        assertThat(cache.atHand().find(ONE.request())).isInstanceOf(Found.class);
        assertThat(source.asked()).isEqualTo(1);
        assertThat(metrics.count(MetricNames.ENRICHER_CACHE, "hit")).isEqualTo(2);
        assertThat(metrics.count(MetricNames.ENRICHER_CACHE, "miss")).isEqualTo(1);
    }

    @Test
    void whatIsNotInTheCacheIsNotAtHand() throws Exception {
        assertThat(caching(source, 1 << 20).atHand().find(ONE.request())).isInstanceOf(Failed.class);
        assertThat(source.asked()).isZero();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"UNAVAILABLE", "THROTTLED", "NOT_ASKED"})
    void aFailureIsKeptBriefly(ContentFailure reason) throws Exception {
        CachingSource cache = caching(source, 1 << 20);
        source.fails(ONE.cid(), reason);
        cache.find(ONE.request());
        nanos.addAndGet(FIRST.toNanos() - 1);
        assertThat(cache.find(ONE.request())).isInstanceOf(Failed.class);
        assertThat(source.asked()).isEqualTo(1);
        assertThat(metrics.count(MetricNames.ENRICHER_CACHE, "negative_hit")).isEqualTo(1);
        source.has(ONE.cid(), ONE);
        nanos.addAndGet(2);
        assertThat(cache.find(ONE.request())).isInstanceOf(Found.class);
    }

    @Test
    void anAbsenceIsKeptTwiceAsLongEachTimeUpToTheBound() throws Exception {
        CachingSource cache = caching(source, 1 << 20);
        source.fails(ONE.cid(), ContentFailure.NOT_FOUND);
        for (int seconds : new int[]{1, 2, 4, 8, 16, 30, 30, 30}) {
            cache.find(ONE.request());
            int asked = source.asked();
            nanos.addAndGet(Duration.ofSeconds(seconds).toNanos() - 1);
            cache.find(ONE.request());
            assertThat(source.asked()).as("within %s s", seconds).isEqualTo(asked);
            nanos.addAndGet(2);
        }
        source.has(ONE.cid(), ONE);
        assertThat(cache.find(ONE.request())).isInstanceOf(Found.class);
    }

    @Test
    void theTimesOfOneIdAreNotThoseOfAnother() throws Exception {
        CachingSource cache = caching(source, 1 << 20);
        Sample other = Sample.of("other");
        for (int i = 0; i < 5; i++) {
            cache.find(other.request());
            nanos.addAndGet(KEPT.toNanos());
        }
        source.fails(ONE.cid(), ContentFailure.NOT_FOUND);
        cache.find(ONE.request());
        nanos.addAndGet(FIRST.toNanos() + 1);
        source.has(ONE.cid(), ONE);
        assertThat(cache.find(ONE.request())).isInstanceOf(Found.class);
    }

    @Test
    void withoutABoundNoFailureIsKept() throws Exception {
        CachingSource cache = new CachingSource(source, 1 << 20, Duration.ZERO, nanos::get, metrics.metrics());
        source.fails(ONE.cid(), ContentFailure.NOT_FOUND);
        cache.find(ONE.request());
        source.has(ONE.cid(), ONE);
        nanos.addAndGet(1);
        assertThat(cache.find(ONE.request())).isInstanceOf(Found.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNAVAILABLE", "THROTTLED", "NOT_ASKED"})
    void thatASourceIsAwayOrBusyIsNotKept(ContentFailure reason) throws Exception {
        CachingSource cache = caching(source, 1 << 20);
        source.fails(ONE.cid(), reason);
        cache.find(ONE.request());
        source.has(ONE.cid(), ONE);
        nanos.addAndGet(1);
        assertThat(cache.find(ONE.request())).isInstanceOf(Found.class);
    }

    @Test
    void theBytesAreBounded() throws Exception {
        List<Sample> samples = IntStream.range(0, 100).mapToObj(i -> Sample.of("x".repeat(10_000) + i)).toList();
        FakeSource large = FakeSource.with(samples);
        CachingSource cache = caching(large, 200_000);
        for (Sample sample : samples) {
            cache.find(sample.request());
        }
        long kept = 0;
        for (Sample sample : samples) {
            kept += cache.atHand().find(sample.request()) instanceof Found ? 1 : 0;
        }
        assertThat(kept).isBetween(1L, 20L);
    }

    @Test
    void manyWhoAskAtOnceShareOneFetch() throws Exception {
        CachingSource cache = caching(source, 1 << 20);
        CountDownLatch gate = new CountDownLatch(1);
        source.waitFor(gate);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<ContentAnswer> question = () -> cache.find(ONE.request());
            List<Future<ContentAnswer>> answers = IntStream.range(0, 50).mapToObj(_ -> threads.submit(question))
                    .toList();
            await().until(() -> source.asked() == 1);
            gate.countDown();
            for (Future<ContentAnswer> answer : answers) {
                assertThat(answer.get()).isInstanceOf(Found.class);
            }
        }
        assertThat(source.asked()).isEqualTo(1);
    }

    @Test
    void whenTheOneWhoAsksIsInterruptedTheNextOneAsks() throws Exception {
        CachingSource cache = caching(source, 1 << 20);
        CountDownLatch gate = new CountDownLatch(1);
        source.waitFor(gate);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ContentAnswer> first = threads.submit(() -> cache.find(ONE.request()));
            await().until(() -> source.asked() == 1);
            Future<ContentAnswer> second = threads.submit(() -> cache.find(ONE.request()));
            first.cancel(true);
            await().until(() -> source.asked() == 2);
            gate.countDown();
            assertThat(second.get()).isInstanceOf(Found.class);
        }
    }

    @Test
    void aMistakeOfTheSourceIsNotKept() throws Exception {
        AtomicLong calls = new AtomicLong();
        CachingSource cache = caching(request -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("broken");
            }
            return source.find(request);
        }, 1 << 20);
        assertThatThrownBy(() -> cache.find(ONE.request())).hasMessage("broken");
        assertThat(cache.find(ONE.request())).isInstanceOf(Found.class);
    }

    @Test
    void whoeverWaitsForOneThatDiedAsksInstead() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicLong calls = new AtomicLong();
        CachingSource cache = caching(request -> {
            if (calls.incrementAndGet() == 1) {
                gate.await();
                throw new StackOverflowError("as told");
            }
            return source.find(request);
        }, 1 << 20);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ContentAnswer> first = threads.submit(() -> cache.find(ONE.request()));
            await().until(() -> calls.get() == 1);
            Future<ContentAnswer> second = threads.submit(() -> cache.find(ONE.request()));
            gate.countDown();
            assertThatThrownBy(first::get).hasCauseInstanceOf(StackOverflowError.class);
            assertThat(second.get(1, TimeUnit.MINUTES)).isInstanceOf(Found.class);
        }
    }

    private CachingSource caching(ContentSource behind, long maxBytes) {
        return new CachingSource(behind, maxBytes, KEPT, nanos::get, metrics.metrics());
    }
}
