package io.tokensync.scanner;

import java.io.IOException;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.tokensync.common.model.TokenRecord;
import io.tokensync.scanner.fixture.MachineTest;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.state.sqlite.StateDirectory;

import static org.assertj.core.api.Assertions.assertThat;

class RecordVersionsTest extends MachineTest {

    @Test
    void versionsRiseOverALostStateAndAClockThatStepsBack() throws IOException {
        try (TestNode node = TestNode.create(root, "n")) {
            node.token("a", 0);
            agent.cycle();
            agent.clock.set(Instant.parse("2050-01-01T00:00:00Z"));
            damageRows();
            node.status("a", 1);
            agent.passThroughDamage();
            agent.restart();
            damageRows();
            node.status("a", 2);
            agent.passThroughDamage();
            assertThat(agent.topic.records()).extracting(TokenRecord::recordVersion).isSorted().doesNotHaveDuplicates()
                    .hasSize(3);
        }
    }

    @Test
    void anOrderlyRestartDoesNotRunAheadOfTheClock() {
        try (TestNode node = TestNode.create(root, "n")) {
            node.token("a", 0);
            for (int status = 1; status < 4; status++) {
                agent.cycle();
                agent.restart();
                node.status("a", status);
            }
            long clock = agent.clock.instant().getEpochSecond() * 1_000_000;
            assertThat(agent.topic.records()).extracting(TokenRecord::recordVersion)
                    .containsExactly(clock, clock + 2, clock + 3); // the first scan has told a digest besides
        }
    }

    @Test
    void versionsRiseWhenTheClockStepsBack() {
        try (TestNode node = TestNode.create(root, "n")) {
            node.token("a", 0);
            agent.cycle();
            for (int status = 1; status < 5; status++) {
                agent.clock.set(Instant.parse("2030-01-01T00:00:00Z").minusSeconds(status * 1000L));
                agent.restart();
                node.status("a", status);
                agent.cycle();
            }
            assertThat(agent.topic.records()).extracting(TokenRecord::recordVersion).isSorted().doesNotHaveDuplicates()
                    .hasSize(5);
            assertThat(agent.topic.row(TestNode.id("a")).tokenStatus()).isEqualTo("4");
        }
    }

    /** As a disk does it that loses pages: some tables are damaged, the settings are not. */
    private void damageRows() {
        try (TestNode state = TestNode.open(directory.resolve("state").resolve(StateDirectory.FILE))) {
            state.script("DROP TABLE chunk", "CREATE TABLE chunk (x)", "DROP TABLE rejected",
                    "CREATE TABLE rejected (x)");
        }
    }
}
