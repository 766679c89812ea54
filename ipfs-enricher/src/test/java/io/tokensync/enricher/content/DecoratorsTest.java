package io.tokensync.enricher.content;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.tokensync.common.metrics.MetricNames;
import io.tokensync.enricher.content.ContentAnswer.Failed;
import io.tokensync.enricher.content.ContentAnswer.Found;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class DecoratorsTest {
    private static final Sample ONE = Sample.of("one");
    private static final Sample OTHER = Sample.of("other");

    private final TestMetrics metrics = new TestMetrics();
    private final AtomicInteger inFlight = new AtomicInteger();

    @Nested
    class Verifying extends ContentSourceContract {
        @Override
        protected ContentSource sourceWith(List<Sample> samples) {
            return verifying(FakeSource.with(samples));
        }

        @Test
        void otherBytesUnderAnIdAreRejectedAndCounted() throws Exception {
            FakeSource liar = new FakeSource();
            liar.has(ONE.cid(), OTHER);
            assertThat(verifying(liar).find(ONE.request())).isInstanceOfSatisfying(Failed.class, failed -> {
                assertThat(failed.reason()).isEqualTo(ContentFailure.MISMATCH);
                assertThat(failed.detail()).contains("fake");
            });
            assertThat(metrics.count(MetricNames.ENRICHER_VERIFICATION_FAILURES, "fake")).isEqualTo(1);
        }

        private ContentSource verifying(ContentSource source) {
            return new VerifyingSource(source,
                    metrics.metrics().counter(MetricNames.ENRICHER_VERIFICATION_FAILURES, "fake"));
        }
    }

    @Nested
    class Metered extends ContentSourceContract {
        @Override
        protected ContentSource sourceWith(List<Sample> samples) {
            return metered(FakeSource.with(samples));
        }

        @ParameterizedTest
        @EnumSource
        void everyReasonIsCounted(ContentFailure reason) throws Exception {
            FakeSource source = FakeSource.with(List.of(OTHER));
            source.fails(ONE.cid(), reason);
            ContentSource metered = metered(source);
            metered.find(ONE.request());
            metered.find(OTHER.request());
            assertThat(metrics.times(MetricNames.ENRICHER_FETCH_DURATION, "fake", reason.code())).isEqualTo(1);
            assertThat(metrics.times(MetricNames.ENRICHER_FETCH_DURATION, "fake", "found")).isEqualTo(1);
            assertThat(inFlight).hasValue(0);
        }

        private ContentSource metered(ContentSource source) {
            return new MeteredSource(source, "fake", inFlight, metrics.metrics(), metrics.registry().config().clock());
        }
    }

    @Nested
    class Limited extends ContentSourceContract {
        @Override
        protected ContentSource sourceWith(List<Sample> samples) {
            return new LimitedSource(FakeSource.with(samples), 2, Duration.ofMinutes(1));
        }

        @Test
        void whoeverGetsNoTurnInTimeIsNotAsked() throws Exception {
            FakeSource slow = FakeSource.with(List.of(ONE));
            CountDownLatch gate = new CountDownLatch(1);
            slow.waitFor(gate);
            ContentSource limited = new LimitedSource(slow, 1, Duration.ofMillis(20));
            Thread first = Thread.ofVirtual().start(() -> findQuietly(limited));
            await().until(() -> slow.asked() == 1);
            assertThat(limited.find(ONE.request())).isInstanceOfSatisfying(Failed.class,
                    failed -> assertThat(failed.reason()).isEqualTo(ContentFailure.NOT_ASKED));
            assertThat(slow.asked()).isEqualTo(1);
            gate.countDown();
            first.join();
            assertThat(limited.find(ONE.request())).isInstanceOf(Found.class);
        }

        @Test
        void atFirstFewAreAskedAndLaterAsManyAsTheLimitSays() throws Exception {
            assertThat(atOnce(100, 0)).isEqualTo(16);
            assertThat(atOnce(100, 3)).isEqualTo(16);
            assertThat(atOnce(100, 4)).isEqualTo(17);
            assertThat(atOnce(100, 400)).isEqualTo(100);
            assertThat(atOnce(8, 400)).isEqualTo(8);
        }

        /** How many get a turn at the same time, when so many have ended before. */
        private static int atOnce(int limit, int ended) throws InterruptedException {
            CountDownLatch gate = new CountDownLatch(1);
            AtomicInteger asked = new AtomicInteger();
            AtomicBoolean waits = new AtomicBoolean();
            ContentSource limited = new LimitedSource(_ -> {
                if (waits.get()) {
                    asked.incrementAndGet();
                    gate.await();
                }
                return new Failed(ContentFailure.TIMEOUT, "");
            }, limit, Duration.ZERO);
            for (int i = 0; i < ended; i++) {
                var _ = limited.find(ONE.request());
            }
            waits.set(true);
            List<Thread> threads = Stream.generate(() -> Thread.ofVirtual().start(() -> findQuietly(limited)))
                    .limit(limit * 2L).toList();
            // Those without a turn go home at once.
            await().until(() -> threads.stream().filter(Thread::isAlive).count() == asked.get());
            gate.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            return asked.get();
        }

        @Test
        void aFailingSourceGivesItsTurnBack() {
            ContentSource broken = new LimitedSource(_ -> {
                throw new IllegalStateException("broken");
            }, 1, Duration.ofMillis(20));
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> broken.find(ONE.request())).hasMessage("broken");
            }
        }

        private static void findQuietly(ContentSource source) {
            try {
                source.find(ONE.request());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Nested
    class First extends ContentSourceContract {
        @Override
        protected ContentSource sourceWith(List<Sample> samples) {
            return new FirstFound(List.of(new FakeSource(), FakeSource.with(samples)));
        }

        @Test
        void sourcesBehindTheFirstThatHasItAreNotAsked() throws Exception {
            FakeSource second = FakeSource.with(List.of(ONE));
            new FirstFound(List.of(FakeSource.with(List.of(ONE)), second)).find(ONE.request());
            assertThat(second.asked()).isZero();
        }

        @Test
        void theMostTellingFailureIsGiven() throws Exception {
            FakeSource liar = new FakeSource();
            liar.fails(ONE.cid(), ContentFailure.MISMATCH);
            FakeSource away = new FakeSource();
            away.fails(ONE.cid(), ContentFailure.UNAVAILABLE);
            assertThat(new FirstFound(List.of(new FakeSource(), liar, away)).find(ONE.request()))
                    .isEqualTo(new Failed(ContentFailure.MISMATCH, "as told"));
        }

        @Test
        void thatNobodyKnowsOfItIsNotSaidWhileSomebodyWasNotAsked() throws Exception {
            FakeSource busy = new FakeSource();
            busy.fails(ONE.cid(), ContentFailure.NOT_ASKED);
            assertThat(new FirstFound(List.of(new FakeSource(), busy, new FakeSource())).find(ONE.request()))
                    .isEqualTo(new Failed(ContentFailure.NOT_ASKED, "as told"));
        }

        @Test
        void withoutSourcesThereIsNothingToAsk() {
            assertThatThrownBy(() -> new FirstFound(List.of())).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class Attached extends ContentSourceContract {
        @Override
        protected ContentSource sourceWith(List<Sample> samples) {
            return new AttachedSource();
        }

        @Override
        protected ContentRequest request(Sample sample) {
            return new ContentRequest(sample.cid(), sample.block(), null);
        }

        @Override
        protected ContentRequest requestForAbsent(Sample sample) {
            return sample.request();
        }
    }
}
