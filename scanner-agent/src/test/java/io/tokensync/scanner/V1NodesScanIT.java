package io.tokensync.scanner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.scanner.config.DeletionLimits;
import io.tokensync.scanner.fixture.TestAgent;
import io.tokensync.scanner.fixture.V1Nodes;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.report.ScanReport;
import io.tokensync.scanner.source.postgres.PostgresSettings;
import io.tokensync.scanner.source.postgres.PostgresSettings.Login;
import io.tokensync.simulator.Churn;
import io.tokensync.simulator.Simulation;
import io.tokensync.simulator.SimulationPlan;
import io.tokensync.simulator.truth.Truth;

import static org.assertj.core.api.Assertions.assertThat;

/** Nodes of v1 on a real PostgreSQL, beside earlier ones. */
class V1NodesScanIT {
    @AutoClose
    private static V1Nodes v1;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        v1 = new V1Nodes();
    }

    @Test
    void whatIsPublishedIsTheTruthWhateverTheNodesDo() throws Exception {
        Path nodes = directory.resolve("nodes");
        Simulation.write(SimulationPlan.of(nodes, 2, 100, 7).withMachines(1), v1.plan(5, 1_000));
        try (TestAgent agent = v1.agent(nodes, directory.resolve("state"))) {
            ScanReport first = agent.cycle();
            V1Nodes.assertIsTheTruth(agent, nodes);
            assertThat(first.rows().read()).isEqualTo(first.rows().published() + first.rows().rejectedNow());
            assertThat(agent.cycle().databases().read()).as("nothing has changed").isZero();
            for (int round = 0; round < 4; round++) {
                try (Churn churn = Churn.open(nodes)) {
                    for (int step = 0; step < 60; step++) {
                        churn.step();
                    }
                }
                v1.awaitCounts();
                agent.cycle();
                V1Nodes.assertIsTheTruth(agent, nodes);
                if (round == 1) {
                    agent.restart();
                }
            }
        }
    }

    @Test
    void aRowThatHasNotChangedIsNotReadAgain() throws Exception {
        Path nodes = directory.resolve("nodes");
        Simulation.write(SimulationPlan.of(nodes, 1, 10, 3).withMachines(1).flawless(), v1.plan(1, 3_000));
        try (TestAgent agent = v1.agent(nodes, directory.resolve("state"))) {
            agent.cycle();
            String database = v1.database(0);
            try (Connection connection = v1.server.connect(database);
                    Statement statement = connection.createStatement()) {
                // one that was published in another shape than it has would be found only by reading it
                statement.execute(
                        "UPDATE tokens SET updated_at = now() WHERE token_id = (SELECT min(token_id) FROM tokens)");
            }
            v1.awaitCounts();
            int before = agent.topic.records().size();
            ScanReport report = agent.cycle();
            assertThat(report.databases().read()).isOne();
            assertThat(agent.topic.records()).hasSize(before + 1);
            assertThat(report.rows().unchanged()).isEqualTo(2_999);
        }
    }

    @Test
    void aChangeIsSeenWhateverTheServerForgets() throws Exception {
        Path nodes = directory.resolve("nodes");
        Simulation.write(SimulationPlan.of(nodes, 1, 10, 3).withMachines(1).flawless(), v1.plan(1, 100));
        try (TestAgent agent = v1.agent(nodes, directory.resolve("state"))) {
            v1.server.kill();
            v1.server.restart();
            agent.cycle();
            v1.touch();
            v1.server.kill();
            v1.server.restart();
            assertThat(agent.cycle().databases().read()).as("counters lost in a crash").isOne();
            v1.server.set("track_counts", "off");
            agent.cycle();
            v1.touch();
            assertThat(agent.cycle().databases().read()).as("nobody counts").isOne();
            assertThat(agent.cycle().databases().read()).isZero();
        } finally {
            v1.server.set("track_counts", "on");
        }
    }

    @Test
    void afterAFailOverTheTableIsWhatTheNewServerHas() throws Exception {
        Path nodes = directory.resolve("nodes");
        Simulation.write(SimulationPlan.of(nodes, 1, 10, 8).withMachines(1).flawless(), v1.plan(1, 300));
        try (TestAgent agent = v1.agent(nodes, directory.resolve("state"))) {
            agent.cycle();
            v1.server.backUp();
            try (Connection connection = v1.server.connect(v1.database(0));
                    Statement statement = connection.createStatement()) {
                statement.execute("UPDATE tokens SET token_value = 0.5 WHERE token_id IN"
                        + " (SELECT token_id FROM tokens ORDER BY token_id LIMIT 20)");
            }
            v1.awaitCounts();
            assertThat(agent.cycle().rows().published()).isEqualTo(20);
            v1.server.failOver();
            assertThat(agent.cycle().problems()).isEmpty();
            V1Nodes.assertIsTheTruth(agent, nodes);
        }
    }

    @Test
    void withTheTableRewrittenOrTheRepositoryGoneRowsArePublishedAsTheyAreNow() throws Exception {
        Path nodes = directory.resolve("nodes");
        Truth truth = Simulation.write(SimulationPlan.of(nodes, 1, 10, 3).withMachines(1).flawless(), v1.plan(1, 300));
        Path node = nodes.resolve(truth.nodes().getLast().dbPath()).getParent();
        try (TestAgent agent = v1.agent(nodes, directory.resolve("state"))) {
            agent.cycle();
            Files.move(node.resolve(".ipfs"), node.resolve("away"));
            v1.touch();
            assertThat(agent.cycle().rows().published()).as("with another repository").isEqualTo(300);
            try (Connection connection = v1.server.connect(v1.database(0));
                    Statement statement = connection.createStatement()) {
                statement.execute("VACUUM FULL tokens");
            }
            v1.awaitCounts();
            ScanReport rewritten = agent.cycle();
            assertThat(rewritten.problems()).isEmpty();
            assertThat(rewritten.rows().deleted()).isZero();
            assertThat(agent.cycle().databases().read()).isZero();
        }
    }

    @Test
    void aNodeThatMovesToV1KeepsItsNameAndItsEarlierRowsUntilSomebodyConfirms() throws Exception {
        Path nodes = directory.resolve("nodes");
        Truth truth = Simulation.write(SimulationPlan.of(nodes, 1, 50, 5).withMachines(1).flawless(), v1.plan(1, 50));
        Truth.Node earlier = truth.nodes().getFirst();
        Truth.Node later = truth.nodes().getLast();
        try (TestAgent agent = v1.agent(nodes, directory.resolve("state"))) {
            agent.restart(config -> config.postgres = PostgresSettings.of(Login.NONE));
            assertThat(agent.cycle().problems()).extracting(Problem::kind).contains(ProblemKind.NODE_V1);
            Set<String> before = ids(agent, earlier.nodeName());
            move(nodes.resolve(later.dbPath()).getParent(), nodes.resolve(earlier.dbPath()).getParent().getParent());
            agent.restart(config -> config.postgres = PostgresSettings.of(V1Nodes.superuser()));
            for (int cycle = 0; cycle < 12; cycle++) {
                ScanReport report = agent.cycle();
                assertThat(report.problems()).extracting(Problem::kind).contains(ProblemKind.EARLIER_DATABASE,
                        ProblemKind.DELETES_DEFERRED);
            }
            assertThat(ids(agent, earlier.nodeName())).containsAll(before).hasSize(100);
            agent.restart(config -> config.deletes = new DeletionLimits(0.5, Duration.ZERO,
                    Set.of(earlier.nodeName())));
            assertThat(agent.cycle().problems()).extracting(Problem::kind)
                    .containsExactly(ProblemKind.EARLIER_DATABASE);
            assertThat(ids(agent, earlier.nodeName())).doesNotContainAnyElementsOf(before).hasSize(50);
            assertThat(agent.cycle().databases().read()).isZero();
        }
    }

    /** The files of a node of v1 appear in the directory of an earlier one. */
    private static void move(Path from, Path to) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                Path target = to.resolve(entry.getFileName());
                if (!Files.exists(target)) {
                    Files.move(entry, target);
                }
            }
        }
    }

    private static Set<String> ids(TestAgent agent, String node) {
        Set<String> ids = new TreeSet<>();
        agent.topic.table().forEach((key, _) -> {
            if (key.nodeName().equals(node)) {
                ids.add(key.tokenId());
            }
        });
        return ids;
    }
}
