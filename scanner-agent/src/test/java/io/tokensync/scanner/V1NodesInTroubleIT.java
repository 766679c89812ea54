package io.tokensync.scanner;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.config.Secret;
import io.tokensync.common.model.Change;
import io.tokensync.scanner.fixture.PasswordThief;
import io.tokensync.scanner.fixture.TestAgent;
import io.tokensync.scanner.fixture.V1Nodes;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.report.ScanReport;
import io.tokensync.scanner.source.postgres.PostgresSettings;
import io.tokensync.scanner.source.postgres.PostgresSettings.Login;
import io.tokensync.simulator.Simulation;
import io.tokensync.simulator.SimulationPlan;

import static org.assertj.core.api.Assertions.assertThat;

/** What stands in the way of reading a node of v1. */
class V1NodesInTroubleIT {
    @AutoClose
    private static V1Nodes v1;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        v1 = new V1Nodes();
    }

    @Test
    void whatStandsInTheWayIsNamedAndDeletesNothing() throws Exception {
        Path nodes = directory.resolve("nodes");
        Simulation.write(SimulationPlan.of(nodes, 1, 10, 5).withMachines(1).flawless(), v1.plan(1, 200));
        String database = v1.database(0);
        try (TestAgent agent = v1.agent(nodes, directory.resolve("state"))) {
            agent.cycle();
            try (Connection node = v1.server.connect(database); Statement statement = node.createStatement()) {
                node.setAutoCommit(false);
                statement.execute("LOCK TABLE tokens IN ACCESS EXCLUSIVE MODE");
                statement.execute(
                        "UPDATE tokens SET updated_at = now() WHERE token_id = (SELECT max(token_id) FROM tokens)");
                agent.forgetEverything();
                assertProblem(agent, ProblemKind.DATABASE_BUSY);
                node.rollback();
                statement.execute("ALTER TABLE tokens RENAME TO tokens_old");
                node.commit();
                assertProblem(agent, ProblemKind.NO_TOKENS_TABLE);
                statement.execute("ALTER TABLE tokens_old RENAME TO tokens");
                node.commit();
            }
            v1.server.stop();
            assertProblem(agent, ProblemKind.POSTGRES_AWAY);
            v1.server.restart();
            agent.restart(config -> config.postgres = PostgresSettings.of(new Login(Optional.of("nobody"),
                    Optional.of(Secret.of("wrong-password")))));
            Problem login = assertProblem(agent, ProblemKind.POSTGRES_LOGIN);
            assertThat(login.describe()).doesNotContain("wrong-password");
            agent.restart(config -> config.postgres = PostgresSettings.of(V1Nodes.superuser()));
            assertThat(agent.cycle().problems()).isEmpty();
            V1Nodes.assertIsTheTruth(agent, nodes);
            assertThat(agent.topic.records()).noneMatch(record -> record.change() instanceof Change.Delete);
        }
    }

    /** Whoever writes a node's configuration can send the agent to a server of his own. */
    @Test
    void aServerThatAsksForThePasswordItselfDoesNotGetIt() throws Exception {
        Path node = Files.createDirectories(directory.resolve("nodes/node001"));
        Files.createDirectories(node.resolve(".ipfs"));
        try (PasswordThief thief = PasswordThief.start();
                TestAgent agent = new TestAgent(directory.resolve("nodes"), directory.resolve("state"))) {
            Files.writeString(node.resolve("config.toml"), "[db]\nhost = \"127.0.0.1\"\nport = " + thief.port());
            agent.restart(config -> config.postgres = PostgresSettings.of(new Login(Optional.of("tokensync"),
                    Optional.of(Secret.of("reader-secret")))));
            assertProblem(agent, ProblemKind.POSTGRES_LOGIN);
            assertThat(thief.heard()).contains("tokensync").doesNotContain("reader-secret");
        }
    }

    @Test
    void theAgentsOwnLoginNeedsNoMoreThanWhatIsPrinted() throws Exception {
        Path nodes = directory.resolve("nodes");
        Simulation.write(SimulationPlan.of(nodes, 1, 10, 5).withMachines(1).flawless(), v1.plan(1, 100));
        v1.server.createRole("tokensync", "reader-secret");
        try (TestAgent agent = v1.agent(nodes, directory.resolve("state"))) {
            agent.restart(config -> config.postgres = PostgresSettings.of(new Login(Optional.of("tokensync"),
                    Optional.of(Secret.of("reader-secret")))));
            assertProblem(agent, ProblemKind.POSTGRES_FORBIDDEN);
            try (Connection owner = v1.server.connect(v1.database(0)); Statement statement = owner.createStatement()) {
                statement.execute(PostgresSettings.grants());
            }
            assertThat(agent.cycle().problems()).isEmpty();
            V1Nodes.assertIsTheTruth(agent, nodes);
        } finally {
            dropReader();
        }
    }

    @Test
    void withoutTheRightToReadTransactionsTheRestGoesOnAndWithItAllRowsGetTheirs() throws Exception {
        Path nodes = directory.resolve("nodes");
        Simulation.write(SimulationPlan.of(nodes, 1, 10, 5).withMachines(1).flawless(), v1.plan(1, 300));
        v1.server.createRole("tokensync", "reader-secret");
        try (TestAgent agent = v1.agent(nodes, directory.resolve("state"));
                Connection owner = v1.server.connect(v1.database(0));
                Statement statement = owner.createStatement()) {
            statement.execute(PostgresSettings.grants());
            statement.execute("REVOKE SELECT ON transactions FROM tokensync");
            agent.restart(config -> config.postgres = PostgresSettings.of(new Login(Optional.of("tokensync"),
                    Optional.of(Secret.of("reader-secret")))));
            ScanReport first = agent.cycle();
            assertThat(first.problems()).extracting(Problem::kind)
                    .containsExactly(ProblemKind.TRANSACTIONS_FORBIDDEN);
            assertThat(first.databases().failed()).as("it is only told").isZero();
            V1Nodes.assertIsTheTruthWithoutTransactions(agent, nodes);
            statement.execute(PostgresSettings.grants());
            assertThat(agent.cycle().problems()).isEmpty();
            V1Nodes.assertIsTheTruth(agent, nodes);
        } finally {
            dropReader();
        }
    }

    /** Its rights in the database first, for which it must be asked there. */
    private static void dropReader() throws Exception {
        try (Connection owner = v1.server.connect(v1.database(0)); Statement statement = owner.createStatement()) {
            statement.execute("DROP OWNED BY tokensync");
            statement.execute("DROP ROLE tokensync");
        }
    }

    private static Problem assertProblem(TestAgent agent, ProblemKind kind) {
        List<Problem> problems = agent.cycle().problems();
        assertThat(problems).as(() -> problems.toString()).extracting(Problem::kind).containsExactly(kind);
        return problems.getFirst();
    }
}
