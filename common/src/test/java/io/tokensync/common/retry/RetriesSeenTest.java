package io.tokensync.common.retry;

import java.time.Duration;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.runtime.StageStatus.State;

import static io.tokensync.common.retry.RetrierRig.failing;
import static org.assertj.core.api.Assertions.assertThat;

/** What people see of retries: status, listeners, logs and metrics. */
class RetriesSeenTest {
    private final RetrierRig rig = new RetrierRig();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Retrier.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    RetriesSeenTest() {
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
    void theStatusShowsTheWaitAndTheRecovery() throws Exception {
        Retrier watching = rig.retrier(_ -> {
            assertThat(rig.status.snapshot().state()).isEqualTo(State.WAITING);
            assertThat(rig.status.snapshot().kind()).isEqualTo(FailureKind.ENVIRONMENT);
            assertThat(rig.status.snapshot().cause()).contains("it failed");
        });
        watching.run("unit", failing(2, FailureKind.ENVIRONMENT));
        assertThat(rig.status.snapshot().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void listenersHearEachFailureBeforeTheWaitAndTheRecovery() throws Exception {
        rig.retrier().run("unit", failing(2, FailureKind.THROTTLED));
        assertThat(rig.heard).containsExactly("failed THROTTLED after 0", "failed THROTTLED after 1", "recovered");
    }

    @Test
    void anOutageIsLoggedAtFirstAndThenOnceAMinute() throws Exception {
        rig.retrier(rig::pass).run("unit", failing(40, FailureKind.TRANSIENT));
        long minutes = Duration.between(RetrierRig.START, rig.now).toMinutes();
        List<ILoggingEvent> warnings = at(Level.WARN);
        assertThat(warnings.size()).isBetween((int) minutes / 2, (int) minutes + 1);
        assertThat(warnings.getFirst().getFormattedMessage()).contains("nothing is lost");
        assertThat(at(Level.INFO)).hasSize(1);
    }

    @Test
    void aFlappingOutageIsNotLoggedEachTime() throws Exception {
        Retrier retrier = rig.retrier();
        for (int i = 0; i < 100; i++) {
            retrier.run("unit", failing(1, FailureKind.TRANSIENT));
        }
        assertThat(at(Level.WARN)).hasSize(1);
        assertThat(at(Level.INFO)).hasSize(1);
    }

    @Test
    void conflictsAreNotLoggedLoudly() throws Exception {
        rig.retrier().run("unit", failing(3, FailureKind.CONFLICT));
        assertThat(at(Level.WARN)).isEmpty();
        assertThat(at(Level.INFO)).isEmpty();
    }

    @Test
    void metricsCountRetriesAndTimeOutages() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Metrics metrics = new Metrics(registry);
        rig.retrier(rig::pass, new RetryMetrics(metrics, "writer")).run("unit", failing(3, FailureKind.TRANSIENT));
        assertThat(metrics.counter(MetricNames.RETRIES, "writer", "transient", "Failure").count()).isEqualTo(3);
        assertThat(metrics.timer(MetricNames.OUTAGE_DURATION, "writer").count()).isEqualTo(1);
    }

    private List<ILoggingEvent> at(Level level) {
        return logged.list.stream().filter(event -> event.getLevel() == level).toList();
    }
}
