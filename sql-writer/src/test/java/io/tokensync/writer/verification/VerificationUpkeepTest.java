package io.tokensync.writer.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.retry.Delay;
import io.tokensync.common.retry.Retrier;
import io.tokensync.common.retry.RetryListener;
import io.tokensync.common.retry.RetryPolicy;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.testkit.time.HandClock;
import io.tokensync.writer.batch.OwnThread;
import io.tokensync.writer.batch.SqlFailure;

import static org.assertj.core.api.Assertions.assertThat;

class VerificationUpkeepTest {
    private static final Duration KEEP = Duration.ofDays(90);

    private final HandClock clock = new HandClock(Digests.AS_OF);
    private final OwnThread thread = new OwnThread("test-upkeep", Duration.ofSeconds(10));
    private final VerificationMetrics metrics = new VerificationMetrics(new Metrics(new SimpleMeterRegistry()));
    private final List<Instant> asked = new ArrayList<>();
    private int left = 25;
    private boolean away;

    private final VerificationStore store = new VerificationStore() {
        @Override
        public void add(NodeVerification verification) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> agents(NodeTable.Node node, long except, int most) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Standing standing() throws SqlFailure {
            if (away) {
                throw new SqlFailure(FailureKind.TRANSIENT, 0, null, "away", null);
            }
            return new Standing(9, 3, 2, 1);
        }

        @Override
        public Deleted deleteSome(Instant before) {
            asked.add(before);
            int deleted = Math.min(1, left);
            left -= deleted;
            return new Deleted(deleted, deleted == 0);
        }
    };

    private VerificationUpkeep upkeep(Duration keep) {
        return new VerificationUpkeep(store, new SqlRunner(thread, new Retrier(RetryPolicy.standard(),
                _ -> FailureKind.FATAL, new StageStatus(clock), RetryListener.NONE, clock, Delay.sleeping(_ -> {}),
                RandomGenerator.getDefault())), metrics, keep, clock);
    }

    @AfterEach
    void close() {
        thread.close();
    }

    @Test
    void oldVerificationsAreDeletedSomeAtALook() throws Exception {
        try (VerificationUpkeep upkeep = upkeep(KEEP)) {
            upkeep.look();
            assertThat(left).isEqualTo(15);
            away = true;
            upkeep.look();
            upkeep.look();
        }
        assertThat(left).as("also while how the nodes stand is not known").isZero();
        assertThat(asked).hasSize(26).containsOnly(Digests.AS_OF.minus(KEEP));
    }

    @Test
    void withoutAnEndNothingIsDeleted() throws Exception {
        try (VerificationUpkeep upkeep = upkeep(Duration.ZERO)) {
            upkeep.look();
        }
        assertThat(asked).isEmpty();
        assertThat(metrics.standing().differingTwice()).isEqualTo(2);
    }

    @Test
    void aDatabaseThatIsAwayLeavesWhatWasKnown() throws Exception {
        try (VerificationUpkeep upkeep = upkeep(Duration.ZERO)) {
            upkeep.look();
            away = true;
            upkeep.look();
        }
        assertThat(metrics.standing().nodes()).isEqualTo(9);
    }
}
