package io.tokensync.scanner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.config.Secret;
import io.tokensync.common.model.Change;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRow;
import io.tokensync.scanner.config.DeletionLimits;
import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.scanner.fixture.TestAgent;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.report.ScanReport;
import io.tokensync.scanner.source.postgres.PostgresSettings;
import io.tokensync.scanner.source.postgres.PostgresSettings.Login;
import io.tokensync.scanner.source.sqlite.file.ReadingConfig;
import io.tokensync.simulator.Churn;
import io.tokensync.simulator.Simulation;
import io.tokensync.simulator.SimulationPlan;
import io.tokensync.simulator.postgres.PostgresAccess;
import io.tokensync.simulator.postgres.V1Network;
import io.tokensync.simulator.postgres.V1Plan;
import io.tokensync.simulator.truth.Truth;
import io.tokensync.simulator.truth.TruthRow;
import io.tokensync.testkit.postgres.PostgresServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Nodes of v1 on a real PostgreSQL, beside earlier ones. */
class V1NodesScanIT {
    private static final String PREFIX = "scan_";

    private static PostgresServer server;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void whatIsPublishedIsTheTruthWhateverTheNodesDo() throws Exception {
        Path nodes = directory.resolve("nodes");
        Simulation.write(SimulationPlan.of(nodes, 2, 100, 7).withMachines(1), plan(5, 1_000));
        try (TestAgent agent = agent(nodes)) {
            ScanReport first = agent.cycle();
            assertIsTheTruth(agent, nodes);
            assertThat(first.rows().read()).isEqualTo(first.rows().published() + first.rows().rejectedNow());
            assertThat(agent.cycle().databases().read()).as("nothing has changed").isZero();
            for (int round = 0; round < 4; round++) {
                try (Churn churn = Churn.open(nodes)) {
                    for (int step = 0; step < 60; step++) {
                        churn.step();
                    }
                }
                agent.cycle();
                assertIsTheTruth(agent, nodes);
                if (round == 1) {
                    agent.restart();
                }
            }
        }
    }

    @Test
    void aRowThatHasNotChangedIsNotReadAgain() throws Exception {
        Path nodes = directory.resolve("nodes");
        Simulation.write(SimulationPlan.of(nodes, 1, 10, 3).withMachines(1).flawless(), plan(1, 3_000));
        try (TestAgent agent = agent(nodes)) {
            agent.cycle();
            String database = database(0);
            try (Connection connection = server.connect(database); Statement statement = connection.createStatement()) {
                // one that was published in another shape than it has would be found only by reading it
                statement.execute(
                        "UPDATE tokens SET updated_at = now() WHERE token_id = (SELECT min(token_id) FROM tokens)");
            }
            int before = agent.topic.records().size();
            ScanReport report = agent.cycle();
            assertThat(report.databases().read()).isOne();
            assertThat(agent.topic.records()).hasSize(before + 1);
            assertThat(report.rows().unchanged()).isEqualTo(2_999);
        }
    }

    @Test
    void whatStandsInTheWayIsNamedAndDeletesNothing() throws Exception {
        Path nodes = directory.resolve("nodes");
        Simulation.write(SimulationPlan.of(nodes, 1, 10, 5).withMachines(1).flawless(), plan(1, 200));
        String database = database(0);
        try (TestAgent agent = agent(nodes)) {
            agent.cycle();
            try (Connection node = server.connect(database); Statement statement = node.createStatement()) {
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
            server.stop();
            assertProblem(agent, ProblemKind.POSTGRES_AWAY);
            server.restart();
            agent.restart(config -> config.postgres = settings(new Login(Optional.of("nobody"),
                    Optional.of(Secret.of("wrong-password")))));
            Problem login = assertProblem(agent, ProblemKind.POSTGRES_LOGIN);
            assertThat(login.describe()).doesNotContain("wrong-password");
            agent.restart(config -> config.postgres = settings(superuser()));
            assertThat(agent.cycle().problems()).isEmpty();
            assertIsTheTruth(agent, nodes);
            assertThat(agent.topic.records()).noneMatch(record -> record.change() instanceof Change.Delete);
        }
    }

    @Test
    void theAgentsOwnLoginNeedsNoMoreThanWhatIsPrinted() throws Exception {
        Path nodes = directory.resolve("nodes");
        Simulation.write(SimulationPlan.of(nodes, 1, 10, 5).withMachines(1).flawless(), plan(1, 100));
        server.createRole("tokensync", "reader-secret");
        try (TestAgent agent = agent(nodes)) {
            agent.restart(config -> config.postgres = settings(new Login(Optional.of("tokensync"),
                    Optional.of(Secret.of("reader-secret")))));
            assertProblem(agent, ProblemKind.POSTGRES_FORBIDDEN);
            try (Connection owner = server.connect(database(0)); Statement statement = owner.createStatement()) {
                statement.execute(PostgresSettings.grants());
            }
            assertThat(agent.cycle().problems()).isEmpty();
            assertIsTheTruth(agent, nodes);
        }
    }

    @Test
    void aNodeThatMovesToV1KeepsItsNameAndItsEarlierRowsUntilSomebodyConfirms() throws Exception {
        Path nodes = directory.resolve("nodes");
        Truth truth = Simulation.write(SimulationPlan.of(nodes, 1, 50, 5).withMachines(1).flawless(), plan(1, 50));
        Truth.Node earlier = truth.nodes().getFirst();
        Truth.Node v1 = truth.nodes().getLast();
        try (TestAgent agent = agent(nodes)) {
            agent.restart(config -> config.postgres = PostgresSettings.of(Login.NONE));
            assertThat(agent.cycle().problems()).extracting(Problem::kind).contains(ProblemKind.NODE_V1);
            Set<String> before = ids(agent, earlier.nodeName());
            move(nodes.resolve(v1.dbPath()).getParent(), nodes.resolve(earlier.dbPath()).getParent().getParent());
            agent.restart(config -> config.postgres = settings(superuser()));
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

    private static Problem assertProblem(TestAgent agent, ProblemKind kind) {
        List<Problem> problems = agent.cycle().problems();
        assertThat(problems).extracting(Problem::kind).containsExactly(kind);
        return problems.getFirst();
    }

    /** Shows what differs and nothing else. */
    private static void assertIsTheTruth(TestAgent agent, Path nodes) throws IOException {
        Set<String> surplus = new TreeSet<>();
        agent.topic.table().forEach((key, row) -> surplus.add(line(key, row)));
        int published = surplus.size();
        Set<String> missing = new TreeSet<>();
        Truth truth = Truth.read(nodes);
        try (Stream<TruthRow> rows = truth.rows()) {
            rows.map(V1NodesScanIT::line).filter(line -> !surplus.remove(line)).forEach(missing::add);
        }
        assertThat(surplus).as("of %s published; missing are %s", published, missing).isEmpty();
        assertThat(missing).isEmpty();
    }

    private TestAgent agent(Path nodes) throws IOException {
        Truth truth = Truth.read(nodes);
        Truth.Machine machine = truth.machines().getFirst();
        TestAgent agent = new TestAgent(nodes.resolve(machine.root()), directory.resolve("state"));
        agent.restart(config -> {
            config.identity = ScannerConfig.Identity.of(machine.sourceIp());
            config.reading = ReadingConfig.DEFAULT;
            config.postgres = settings(superuser());
        });
        return agent;
    }

    private static PostgresSettings settings(Login login) {
        return PostgresSettings.of(login);
    }

    private static Login superuser() {
        return new Login(Optional.of(PostgresServer.USER), Optional.of(Secret.of(PostgresServer.PASSWORD)));
    }

    private static V1Plan plan(int nodes, long tokens) {
        return new V1Plan(nodes, tokens, V1Network.MAIN, new PostgresAccess(server.host(), server.port(),
                PostgresServer.USER, PostgresServer.PASSWORD, PREFIX));
    }

    private static String database(int index) throws Exception {
        List<String> names = new ArrayList<>();
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT datname FROM pg_database WHERE datname LIKE '" + PREFIX
                        + "%' ORDER BY 1")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names.get(index);
    }

    private static String line(TruthRow row) {
        return row.nodeName() + " " + row.tokenId() + " " + Stream.of(row.tokenKind(), row.nodeGeneration(),
                row.did(), row.tokenStatus(), row.statusName(), row.tokenValue(), row.parentTokenId(), row.createdAt(),
                row.updatedAt(), row.tokenStateHash(), row.transactionId(), row.validationCodes())
                .map(String::valueOf).toList();
    }

    private static String line(TokenKey key, TokenRow row) {
        List<String> codes = row.validationErrors().stream().map(error -> error.substring(0, error.indexOf(':')))
                .toList();
        return key.nodeName() + " " + key.tokenId() + " " + Stream.of(row.tokenKind().code(),
                row.generation().code(), row.did(), row.tokenStatus(), row.statusName(), row.tokenValue(),
                row.parentTokenId(), row.createdAt(), row.updatedAt(), row.tokenStateHash(), row.transactionId(),
                codes).map(String::valueOf).toList();
    }
}
