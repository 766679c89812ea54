package io.tokensync.common.runtime;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.runtime.StageStatus.Part;
import io.tokensync.common.runtime.StageStatus.State;
import io.tokensync.common.runtime.Supervised.Failing;
import io.tokensync.common.runtime.Supervisor.Role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SupervisorTest {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final Clock clock = Clock.systemUTC();
    private final StageStatus status = new StageStatus(clock);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Loop> tokens = new CopyOnWriteArrayList<>();
    private final List<Loop> sessions = new CopyOnWriteArrayList<>();
    private Supervisor supervisor;

    @AfterEach
    void close() {
        supervisor.close();
    }

    @Test
    void aLoopThatFailsIsShownAsFailedWhileTheOtherGoesOn() {
        start(NEVER);
        sessions.getFirst().fail(new IllegalStateException("bug"));
        await().atMost(LONGEST_WAIT).until(() -> status.snapshot().state() == State.FAILED);
        assertThat(status.snapshot().cause()).contains("sessions").contains("bug");
        assertThat(status.hasFailed()).as("the whole").isFalse();
        assertThat(status.parts()).extracting(Part::name).containsExactly("tokens", "sessions");
        assertThat(status.parts()).extracting(part -> part.now().state()).containsExactly(State.RUNNING, State.FAILED);
        assertThat(supervisor.failing(Role.ACCOUNTING)).map(Failing::inARow).contains(1);
        assertThat(supervisor.failing(Role.WORK)).isEmpty();
        assertThat(supervisor.alive()).isTrue();
        assertThat(supervisor.termination()).isNotDone();
        assertThat(sessions.getFirst().closed).isTrue();
        assertThat(tokens.getFirst().closed).isFalse();
    }

    @Test
    void aLoopThatFailsIsBuiltAndStartedAgain() {
        start(AT_ONCE);
        sessions.getFirst().status.waiting(FailureKind.TRANSIENT, "what the first one waited for");
        sessions.getFirst().fail(new AssertionError("an error of the JVM"));
        await().atMost(LONGEST_WAIT).until(() -> sessions.size() == 2 && status.snapshot().state() == State.RUNNING);
        sessions.getFirst().status.failed("nobody listens to it any more");
        assertThat(status.snapshot().state()).isEqualTo(State.RUNNING);
        assertThat(tokens).hasSize(1);
        assertThat(new Metrics(registry).counter(MetricNames.LOOP_RESTARTS, "writer", "sessions").count()).isOne();
        assertThat(new Metrics(registry).counter(MetricNames.LOOP_RESTARTS, "writer", "tokens").count()).isZero();
        sessions.getLast().fail(new IllegalStateException("again"));
        await().atMost(LONGEST_WAIT).until(() -> sessions.size() == 3);
        assertThat(supervisor.failing(Role.ACCOUNTING)).map(Failing::inARow).contains(2);
    }

    @Test
    void aLoopThatCannotEvenBeBuiltOrStartedIsTriedAgain() {
        AtomicInteger attempts = new AtomicInteger();
        supervisor = supervisor(AT_ONCE);
        var _ = supervisor.add("reconciliation", Role.WORK, (part, opened) -> {
            Loop loop = opened.register(new Loop(part));
            loop.startFailure = attempts.incrementAndGet() == 2 ? new IllegalArgumentException("setting") : null;
            if (attempts.get() == 1) {
                throw new IllegalStateException("directory");
            }
            tokens.add(loop);
            return loop;
        });
        supervisor.start();
        await().atMost(LONGEST_WAIT).until(() -> attempts.get() == 3 && status.snapshot().state() == State.RUNNING);
        assertThat(tokens.getFirst().closed).isTrue();
    }

    @Test
    void aLoopThatHangsIsStartedAgain() {
        start(AT_ONCE);
        tokens.getFirst().alive = false;
        assertThat(supervisor.alive()).as("of the work").isFalse();
        await().atMost(Duration.ofMinutes(2)).until(() -> tokens.size() == 2);
        assertThat(supervisor.alive()).isTrue();
        sessions.getFirst().alive = false;
        assertThat(supervisor.alive()).as("whatever the accounting does").isTrue();
    }

    @Test
    void closingEndsWhatRunsAndWhatWaitsToBeStartedAgain() {
        start(NEVER);
        sessions.getFirst().fail(new IllegalStateException("bug"));
        await().atMost(LONGEST_WAIT).until(() -> status.snapshot().state() == State.FAILED);
        supervisor.close();
        assertThat(supervisor.termination()).isCompleted();
        assertThat(tokens.getFirst().closed).isTrue();
        assertThat(sessions).hasSize(1);
        assertThat(status.snapshot().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void whenAllHaveEndedByThemselvesItHasEnded() {
        start(NEVER);
        tokens.getFirst().end.complete(null);
        sessions.getFirst().end.complete(null);
        assertThat(supervisor.termination()).succeedsWithin(LONGEST_WAIT);
    }

    @Test
    void theWaitDoublesUpToItsEnd() {
        supervisor = supervisor(NEVER);
        Restarts restarts = Restarts.standard();
        assertThat(List.of(1, 2, 3, 4, 5, 1_000_000)).extracting(restarts::after).extracting(Duration::toSeconds)
                .containsExactly(5L, 10L, 20L, 40L, 60L, 60L);
    }

    private void start(Duration wait) {
        supervisor = supervisor(wait);
        var _ = supervisor.add("tokens", Role.WORK, (part, _) -> added(tokens, part));
        var _ = supervisor.add("sessions", Role.ACCOUNTING, (part, _) -> added(sessions, part));
        supervisor.start();
        await().atMost(LONGEST_WAIT).until(() -> tokens.size() == 1 && sessions.size() == 1
                && status.parts().stream().allMatch(part -> part.now().state() == State.RUNNING));
    }

    private Supervisor supervisor(Duration wait) {
        return new Supervisor("writer", status, new Restarts(wait, wait), new Metrics(registry), clock);
    }

    private static Loop added(List<Loop> to, StageStatus part) {
        Loop loop = new Loop(part);
        to.add(loop);
        return loop;
    }

    private static final class Loop implements Service {
        private final StageStatus status;
        private final CompletableFuture<Void> end = new CompletableFuture<>();
        private volatile boolean alive = true;
        private volatile boolean closed;
        private volatile RuntimeException startFailure;

        Loop(StageStatus status) {
            this.status = status;
        }

        void fail(Throwable failure) {
            end.completeExceptionally(failure);
        }

        @Override
        public void start() {
            if (startFailure != null) {
                throw startFailure;
            }
            status.running();
        }

        @Override
        public StageStatus status() {
            return status;
        }

        @Override
        public boolean alive() {
            return alive;
        }

        @Override
        public CompletableFuture<Void> termination() {
            return end;
        }

        @Override
        public void close() {
            closed = true;
            end.complete(null);
        }
    }
}
