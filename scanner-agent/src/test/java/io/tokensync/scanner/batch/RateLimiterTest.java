package io.tokensync.scanner.batch;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.scanner.fixture.MachineTest;
import io.tokensync.scanner.fixture.TestNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RateLimiterTest extends MachineTest {
    @Test
    void theFirstScanIsPacedAndLaterOnesAreNot() {
        pace(10);
        try (TestNode node = TestNode.create(root, "n").tokens(0, 100)) {
            Instant began = agent.clock.instant();
            agent.cycle();
            assertThat(Duration.between(began, agent.clock.instant())).isBetween(Duration.ofMillis(9_500),
                    Duration.ofSeconds(10));
            assertThat(agent.slept).allSatisfy(pause -> assertThat(pause).isLessThanOrEqualTo(Duration.ofSeconds(1)));
            agent.slept.clear();
            node.execute("UPDATE TokensTable SET token_status = 4");
            assertThat(agent.cycle().rows().published()).isEqualTo(100);
            assertThat(agent.slept).isEmpty();
            assertThat(agent.topic.table()).hasSize(100);
        }
    }

    @Test
    void withoutALimitNothingWaits() {
        pace(0);
        TestNode.create(root, "n").tokens(0, 100).close();
        agent.cycle();
        assertThat(agent.slept).isEmpty();
    }

    @Test
    void aScanThatIsStoppedWhileItWaitsGoesOnFromThere() {
        pace(10);
        TestNode.create(root, "n").tokens(0, 100).close();
        agent.onSleep = () -> {
            if (agent.slept.size() == 5) {
                Thread.currentThread().interrupt();
            }
        };
        assertThatThrownBy(agent::cycle).hasCauseInstanceOf(InterruptedException.class);
        assertThat(agent.topic.upserted()).hasSizeBetween(3, 30);
        agent.restart();
        agent.cycle();
        assertThat(agent.topic.table()).hasSize(100);
        assertThat(agent.slept).hasSizeGreaterThan(20);
    }

    @Test
    void aClockThatStepsBackHoldsUpNothing() throws InterruptedException {
        RateLimiter pace = new RateLimiter(10, agent.clock, agent.slept::add);
        pace.await(10);
        agent.clock.advance(Duration.ofDays(-1));
        pace.await(5);
        assertThat(agent.slept).containsExactly(Duration.ofMillis(500));
    }

    private void pace(int rowsPerSecond) {
        agent.restart(config -> config.schedule = new ScannerConfig.Schedule(false, Duration.ofSeconds(30), 0,
                rowsPerSecond, Duration.ofHours(24)));
    }
}
