package io.tokensync.common.retry;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.runtime.StageStatus.State;
import io.tokensync.common.time.Sleeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RetrierTest {
    private final List<Duration> slept = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final StageStatus status = new StageStatus(clock);
    private final Logger logger = (Logger) LoggerFactory.getLogger(Retrier.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    /** A failure that says itself what it is. */
    private static final class Failure extends IOException {
        private final FailureKind kind;

        Failure(FailureKind kind) {
            super("it failed");
            this.kind = kind;
        }
    }

    RetrierTest() {
        logged.start();
        logger.addAppender(logged);
        logger.setAdditive(false);
        logger.setLevel(Level.DEBUG);
    }

    @AfterEach
    void detach() {
        logger.detachAppender(logged);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    void successIsReturnedAtOnce() throws Exception {
        assertThat(retrier().run("unit", () -> "done")).isEqualTo("done");
        assertThat(slept).isEmpty();
        assertThat(heard).isEmpty();
        assertThat(status.snapshot().state()).isEqualTo(State.STARTING);
    }

    @Test
    void transientFailuresAreWaitedForEverLongerUpToAMinute() throws Exception {
        assertThat(retrier().run("unit", failing(12, FailureKind.TRANSIENT))).isEqualTo("done");
        assertBase(5, 10, 20, 40, 60, 60, 60, 60, 60, 60, 60, 60);
    }

    @Test
    void anUnknownOutcomeIsWaitedForLikeATransientFailure() throws Exception {
        retrier().run("unit", failing(3, FailureKind.UNKNOWN_OUTCOME));
        assertBase(5, 10, 20);
    }

    @Test
    void throttlingStartsWithALongerWait() throws Exception {
        retrier().run("unit", failing(5, FailureKind.THROTTLED));
        assertBase(10, 20, 40, 60, 60);
    }

    @Test
    void theEnvironmentIsProbedSlowly() throws Exception {
        retrier().run("unit", failing(5, FailureKind.ENVIRONMENT));
        assertBase(15, 30, 60, 60, 60);
    }

    @Test
    void fiveConflictsAreWaitedForShortlyAndThenAsTransient() throws Exception {
        retrier().run("unit", failing(7, FailureKind.CONFLICT));
        assertThat(slept).hasSize(7);
        assertThat(slept.subList(0, 5)).allSatisfy(
                wait -> assertThat(wait).isBetween(Duration.ofMillis(50), Duration.ofMillis(500)));
        assertThat(slept.get(5)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
        assertThat(slept.get(6)).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(12));
    }

    @Test
    void anOutageHasNoLimitOfAttempts() throws Exception {
        retrier().run("unit", failing(20_000, FailureKind.TRANSIENT));
        assertThat(slept).hasSize(20_000);
        assertThat(slept.getLast()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(72));
    }

    @Test
    void jitterDiffersAndIsNeverNegative() throws Exception {
        retrier().run("unit", failing(100, FailureKind.TRANSIENT));
        List<Duration> capped = slept.subList(4, 100);
        assertThat(capped).allSatisfy(
                wait -> assertThat(wait).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(72)));
        assertThat(capped.stream().distinct().count()).isGreaterThan(50);
    }

    @ParameterizedTest
    @EnumSource(value = FailureKind.class, names = {"OVERSIZED", "POISON", "FATAL"})
    void whatWaitingDoesNotMendIsThrownAtOnceAsItIs(FailureKind kind) {
        Failure failure = new Failure(kind);
        assertThatThrownBy(() -> retrier().run("unit", () -> {
            throw failure;
        })).isSameAs(failure);
        assertThat(slept).isEmpty();
    }

    @Test
    void errorsAreNeverRetried() {
        assertThatThrownBy(() -> retrier().run("unit", () -> {
            throw new OutOfMemoryError("test");
        })).isInstanceOf(OutOfMemoryError.class);
        Failure wrapped = new Failure(FailureKind.TRANSIENT);
        wrapped.initCause(new IllegalStateException(new NoClassDefFoundError("test")));
        assertThatThrownBy(() -> retrier().run("unit", () -> {
            throw wrapped;
        })).isSameAs(wrapped);
        assertThat(slept).isEmpty();
    }

    @Test
    void causesThatGoInACircleAreNoProblem() {
        Failure one = new Failure(FailureKind.FATAL);
        Exception other = new Exception(one);
        one.initCause(other);
        assertThatThrownBy(() -> retrier().run("unit", () -> {
            throw one;
        })).isSameAs(one);
    }

    @Test
    void interruptionPasses() {
        assertThatThrownBy(() -> retrier().run("unit", () -> {
            throw new InterruptedException();
        })).isInstanceOf(InterruptedException.class);
        Retrier interrupted = retrier(_ -> {
            throw new InterruptedException("asleep");
        });
        assertThatThrownBy(() -> interrupted.run("unit", failing(1, FailureKind.TRANSIENT)))
                .isInstanceOf(InterruptedException.class).hasMessage("asleep");
    }

    @Test
    void aFailureOfAnInterruptedThreadIsAnInterruption() {
        assertThatThrownBy(() -> retrier().run("unit", () -> {
            Thread.currentThread().interrupt();
            throw new Failure(FailureKind.FATAL);
        })).isInstanceOf(InterruptedException.class).satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void theStatusShowsTheWaitAndTheRecovery() throws Exception {
        Retrier watching = retrier(_ -> {
            assertThat(status.snapshot().state()).isEqualTo(State.WAITING);
            assertThat(status.snapshot().kind()).isEqualTo(FailureKind.ENVIRONMENT);
            assertThat(status.snapshot().cause()).contains("it failed");
        });
        watching.run("unit", failing(2, FailureKind.ENVIRONMENT));
        assertThat(status.snapshot().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void listenersHearEachFailureBeforeTheWaitAndTheRecovery() throws Exception {
        retrier().run("unit", failing(2, FailureKind.THROTTLED));
        assertThat(heard).containsExactly("failed THROTTLED after 0", "failed THROTTLED after 1", "recovered");
    }

    @Test
    void everyRunStartsWithTheFirstWait() throws Exception {
        Retrier retrier = retrier();
        retrier.run("unit", failing(2, FailureKind.TRANSIENT));
        retrier.run("unit", failing(1, FailureKind.TRANSIENT));
        assertBase(5, 10, 5);
    }

    @Test
    void kindsMayAlternate() throws Exception {
        Deque<FailureKind> kinds = new ArrayDeque<>(List.of(FailureKind.TRANSIENT, FailureKind.ENVIRONMENT,
                FailureKind.THROTTLED, FailureKind.ENVIRONMENT));
        retrier().run("unit", () -> {
            if (!kinds.isEmpty()) {
                throw new Failure(kinds.poll());
            }
            return "done";
        });
        assertBase(5, 15, 20, 30);
    }

    @Test
    void anOutageIsLoggedAtFirstAndThenOnceAMinute() throws Exception {
        retrier(this::pass).run("unit", failing(40, FailureKind.TRANSIENT));
        long minutes = Duration.between(Instant.parse("2026-01-01T00:00:00Z"), now).toMinutes();
        List<ILoggingEvent> warnings = at(Level.WARN);
        assertThat(warnings.size()).isBetween((int) minutes / 2, (int) minutes + 1);
        assertThat(warnings.getFirst().getFormattedMessage()).contains("nothing is lost");
        assertThat(at(Level.INFO)).hasSize(1);
    }

    @Test
    void aFlappingOutageIsNotLoggedEachTime() throws Exception {
        Retrier retrier = retrier();
        for (int i = 0; i < 100; i++) {
            retrier.run("unit", failing(1, FailureKind.TRANSIENT));
        }
        assertThat(at(Level.WARN)).hasSize(1);
        assertThat(at(Level.INFO)).hasSize(1);
    }

    @Test
    void conflictsAreNotLoggedLoudly() throws Exception {
        retrier().run("unit", failing(3, FailureKind.CONFLICT));
        assertThat(at(Level.WARN)).isEmpty();
        assertThat(at(Level.INFO)).isEmpty();
    }

    @Test
    void metricsCountRetriesAndTimeOutages() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Metrics metrics = new Metrics(registry);
        new Retrier(RetryPolicy.standard(), e -> ((Failure) e).kind, status, new RetryMetrics(metrics, "writer"), clock,
                this::pass, new SplittableRandom(1)).run("unit", failing(3, FailureKind.TRANSIENT));
        assertThat(metrics.counter(MetricNames.RETRIES, "writer", "transient", "Failure").count()).isEqualTo(3);
        assertThat(metrics.timer(MetricNames.OUTAGE_DURATION, "writer").count()).isEqualTo(1);
    }

    private void pass(Duration wait) {
        now = now.plus(wait);
    }

    private List<ILoggingEvent> at(Level level) {
        return logged.list.stream().filter(event -> event.getLevel() == level).toList();
    }

    private Retrier retrier() {
        return retrier(_ -> {});
    }

    private Retrier retrier(Sleeper sleeper) {
        RetryListener listener = new RetryListener() {
            @Override
            public void failed(FailureKind kind, Exception failure, Duration wait) {
                heard.add("failed " + kind + " after " + slept.size());
            }

            @Override
            public void recovered(Duration outage) {
                heard.add("recovered");
            }
        };
        return new Retrier(RetryPolicy.standard(), e -> ((Failure) e).kind, status, listener,
                clock, wait -> {
                    sleeper.sleep(wait);
                    slept.add(wait);
                }, new SplittableRandom(7));
    }

    private static Callable<String> failing(int times, FailureKind kind) {
        int[] left = {times};
        return () -> {
            if (left[0]-- > 0) {
                throw new Failure(kind);
            }
            return "done";
        };
    }

    /** The waits are these, in seconds, with up to a fifth added. */
    private void assertBase(int... seconds) {
        assertThat(slept).hasSize(seconds.length);
        for (int i = 0; i < seconds.length; i++) {
            Duration base = Duration.ofSeconds(seconds[i]);
            assertThat(slept.get(i)).as("wait %d of %s", i, Arrays.toString(seconds)).isBetween(base,
                    base.multipliedBy(6).dividedBy(5));
        }
    }
}
