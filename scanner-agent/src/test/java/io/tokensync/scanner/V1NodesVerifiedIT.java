package io.tokensync.scanner;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.verification.Outcome;
import io.tokensync.scanner.fixture.TestAgent;
import io.tokensync.scanner.fixture.TestTable;
import io.tokensync.scanner.fixture.V1Nodes;
import io.tokensync.simulator.Churn;
import io.tokensync.simulator.Simulation;
import io.tokensync.simulator.SimulationPlan;

import static org.assertj.core.api.Assertions.assertThat;

/** Nodes of v1 on a real PostgreSQL are verified as the earlier ones beside them. */
class V1NodesVerifiedIT {
    @AutoClose
    private static V1Nodes v1;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        v1 = new V1Nodes();
    }

    @Test
    void theTableIsProvenAndRepaired() throws Exception {
        Path nodes = directory.resolve("nodes");
        Simulation.write(SimulationPlan.of(nodes, 2, 100, 7).withMachines(1), v1.plan(3, 600));
        try (TestAgent agent = v1.agent(nodes, directory.resolve("state"))) {
            TestTable table = new TestTable(agent);
            agent.cycle();
            table.verify();
            assertThat(table.outcomes).hasSizeGreaterThanOrEqualTo(5).containsOnly(Outcome.EQUAL);
            try (Churn churn = Churn.open(nodes)) {
                for (int step = 0; step < 60; step++) {
                    churn.step();
                }
            }
            v1.awaitCounts();
            agent.clock.advance(Duration.ofDays(1));
            agent.cycle();
            table.verify();
            assertThat(table.outcomes).containsOnly(Outcome.EQUAL);
            Map<TokenKey, TokenRow> right = table.rows();
            right.keySet().stream().sorted(Comparator.comparing(TokenKey::toString))
                    .filter(key -> Math.floorMod(key.tokenId().hashCode(), 7) == 0).forEach(table::remove);
            right.keySet().stream().map(key -> new TokenKey(key.sourceIp(), key.nodeName(), "by hand")).distinct()
                    .forEach(key -> table.write(key, 1, right.values().iterator().next()));
            assertThat(table.rows()).isNotEqualTo(right);
            agent.clock.advance(Duration.ofDays(1));
            for (int round = 0; round < 3; round++) {
                agent.cycle();
                table.verify();
            }
            assertThat(table.rows()).isEqualTo(right);
            V1Nodes.assertIsTheTruth(agent, nodes);
        }
    }
}
