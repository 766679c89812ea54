package io.tokensync.common.retry;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.retry.RetrierRig.Failure;
import io.tokensync.common.runtime.StageStatus.State;

import static io.tokensync.common.retry.RetrierRig.failing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is tried again, after which wait, and what is thrown. */
class RetrierTest {
    private final RetrierRig rig = new RetrierRig();

    @Test
    void successIsReturnedAtOnce() throws Exception {
        assertThat(rig.retrier().run("unit", () -> "done")).isEqualTo("done");
        assertThat(rig.slept).isEmpty();
        assertThat(rig.heard).isEmpty();
        assertThat(rig.status.snapshot().state()).isEqualTo(State.STARTING);
    }

    @Test
    void transientFailuresAreWaitedForEverLongerUpToAMinute() throws Exception {
        assertThat(rig.retrier().run("unit", failing(12, FailureKind.TRANSIENT))).isEqualTo("done");
        assertBase(5, 10, 20, 40, 60, 60, 60, 60, 60, 60, 60, 60);
    }

    @Test
    void anUnknownOutcomeIsWaitedForLikeATransientFailure() throws Exception {
        rig.retrier().run("unit", failing(3, FailureKind.UNKNOWN_OUTCOME));
        assertBase(5, 10, 20);
    }

    @Test
    void throttlingStartsWithALongerWait() throws Exception {
        rig.retrier().run("unit", failing(5, FailureKind.THROTTLED));
        assertBase(10, 20, 40, 60, 60);
    }

    @Test
    void theEnvironmentIsProbedSlowly() throws Exception {
        rig.retrier().run("unit", failing(5, FailureKind.ENVIRONMENT));
        assertBase(15, 30, 60, 60, 60);
    }

    @Test
    void fiveConflictsAreWaitedForShortlyAndThenAsTransient() throws Exception {
        rig.retrier().run("unit", failing(7, FailureKind.CONFLICT));
        assertThat(rig.slept).hasSize(7);
        assertThat(rig.slept.subList(0, 5)).allSatisfy(
                wait -> assertThat(wait).isBetween(Duration.ofMillis(50), Duration.ofMillis(500)));
        assertThat(rig.slept.get(5)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
        assertThat(rig.slept.get(6)).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(12));
    }

    @Test
    void noWaitIsLongerThanTheLongestNorShorterThanTheFirst() throws Exception {
        for (FailureKind kind : List.of(FailureKind.TRANSIENT, FailureKind.THROTTLED, FailureKind.ENVIRONMENT)) {
            RetryPolicy policy = RetryPolicy.standard().atMost(Duration.ofSeconds(10));
            Backoff waits = new Backoff(policy, new SplittableRandom(7));
            assertThat(Stream.generate(() -> waits.next(kind)).limit(200)).as(kind.name()).allSatisfy(
                    wait -> assertThat(wait).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10)));
        }
        Backoff throttled = new Backoff(RetryPolicy.standard().atMost(Duration.ofSeconds(10)), new SplittableRandom(7));
        assertThat(throttled.next(FailureKind.THROTTLED)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void conflictsThatAreUsedUpAreToldOnceOfAUnit() throws Exception {
        rig.retrier().run("unit", failing(5, FailureKind.CONFLICT));
        assertThat(rig.heard).doesNotContain("conflicts used up");
        rig.retrier().run("unit", failing(9, FailureKind.CONFLICT));
        assertThat(rig.heard).filteredOn("conflicts used up"::equals).hasSize(1);
    }

    @Test
    void anOutageHasNoLimitOfAttempts() throws Exception {
        rig.retrier().run("unit", failing(20_000, FailureKind.TRANSIENT));
        assertThat(rig.slept).hasSize(20_000);
        assertThat(rig.slept.getLast()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
    }

    @Test
    void jitterDiffersAndIsNeverNegative() throws Exception {
        rig.retrier().run("unit", failing(100, FailureKind.TRANSIENT));
        List<Duration> capped = rig.slept.subList(4, 100);
        assertThat(capped).allSatisfy(
                wait -> assertThat(wait).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60)));
        assertThat(capped.stream().distinct().count()).isGreaterThan(50);
    }

    @ParameterizedTest
    @EnumSource(value = FailureKind.class, names = {"OVERSIZED", "POISON", "FATAL"})
    void whatWaitingDoesNotRepairIsThrownAtOnceAsItIs(FailureKind kind) {
        Failure failure = new Failure(kind);
        assertThatThrownBy(() -> rig.retrier().run("unit", () -> {
            throw failure;
        })).isSameAs(failure);
        assertThat(rig.slept).isEmpty();
    }

    @Test
    void errorsAreNeverRetried() {
        assertThatThrownBy(() -> rig.retrier().run("unit", () -> {
            throw new OutOfMemoryError("test");
        })).isInstanceOf(OutOfMemoryError.class);
        Failure wrapped = new Failure(FailureKind.TRANSIENT);
        wrapped.initCause(new IllegalStateException(new NoClassDefFoundError("test")));
        assertThatThrownBy(() -> rig.retrier().run("unit", () -> {
            throw wrapped;
        })).isSameAs(wrapped);
        assertThat(rig.slept).isEmpty();
    }

    @Test
    void causesThatGoInACircleAreNoProblem() {
        Failure one = new Failure(FailureKind.FATAL);
        Exception other = new Exception(one);
        one.initCause(other);
        assertThatThrownBy(() -> rig.retrier().run("unit", () -> {
            throw one;
        })).isSameAs(one);
    }

    @Test
    void interruptionScanCyclees() {
        assertThatThrownBy(() -> rig.retrier().run("unit", () -> {
            throw new InterruptedException();
        })).isInstanceOf(InterruptedException.class);
        Retrier interrupted = rig.retrier(_ -> {
            throw new InterruptedException("asleep");
        });
        assertThatThrownBy(() -> interrupted.run("unit", failing(1, FailureKind.TRANSIENT)))
                .isInstanceOf(InterruptedException.class).hasMessage("asleep");
    }

    @Test
    void aFailureOfAnInterruptedThreadIsAnInterruption() {
        assertThatThrownBy(() -> rig.retrier().run("unit", () -> {
            Thread.currentThread().interrupt();
            throw new Failure(FailureKind.FATAL);
        })).isInstanceOf(InterruptedException.class).satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void everyRunStartsWithTheFirstWait() throws Exception {
        Retrier retrier = rig.retrier();
        retrier.run("unit", failing(2, FailureKind.TRANSIENT));
        retrier.run("unit", failing(1, FailureKind.TRANSIENT));
        assertBase(5, 10, 5);
    }

    @Test
    void kindsMayAlternate() throws Exception {
        Deque<FailureKind> kinds = new ArrayDeque<>(List.of(FailureKind.TRANSIENT, FailureKind.ENVIRONMENT,
                FailureKind.THROTTLED, FailureKind.ENVIRONMENT));
        rig.retrier().run("unit", () -> {
            if (!kinds.isEmpty()) {
                throw new Failure(kinds.poll());
            }
            return "done";
        });
        assertBase(5, 15, 20, 30);
    }

    /** The waits are these, in seconds, with up to a fifth added, and never more than a minute. */
    private void assertBase(int... seconds) {
        assertThat(rig.slept).hasSize(seconds.length);
        for (int i = 0; i < seconds.length; i++) {
            Duration base = Duration.ofSeconds(Math.min(seconds[i], 50));
            assertThat(rig.slept.get(i)).as("wait %d of %s", i, Arrays.toString(seconds)).isBetween(base,
                    base.multipliedBy(6).dividedBy(5));
        }
    }
}
