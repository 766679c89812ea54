package io.tokensync.scanner;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.config.Secret;
import io.tokensync.common.model.TokenKind;
import io.tokensync.common.model.ValidationCode;
import io.tokensync.scanner.discovery.DiscoveryConfig;
import io.tokensync.scanner.fixture.TestAgent;
import io.tokensync.scanner.fixture.V1Nodes;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.report.ScanReport;
import io.tokensync.scanner.source.postgres.PostgresSettings;
import io.tokensync.scanner.source.postgres.PostgresSettings.Login;
import io.tokensync.simulator.Simulation;
import io.tokensync.simulator.SimulationPlan;
import io.tokensync.simulator.truth.Truth;

import static org.assertj.core.api.Assertions.assertThat;

/** What full nodes of v1 know of the network, on a real PostgreSQL. */
class FullV1NodesIT {
    @AutoClose
    private static V1Nodes v1;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        v1 = new V1Nodes();
    }

    @Test
    void whatAFullNodeKnowsIsReadAsANodeOfItsOwnWhereItIsAskedFor() throws Exception {
        Path nodes = directory.resolve("nodes");
        Truth truth = Simulation.write(SimulationPlan.of(nodes, 1, 10, 3).withMachines(1).flawless(), v1.plan(1, 20));
        Truth.Node node = truth.nodes().getLast();
        String full = node.nodeName() + ":fullnode-rubix";
        sql("TRUNCATE fullnode_rbt, fullnode_ft, fullnode_nft, fullnode_smart_contract",
                insert("fullnode_rbt (token_id, token_value, did, ", "'1_5', 1, 'd'"),
                insert("fullnode_rbt (token_id, token_value, did, parent_token_id, ", "'1_6_1', 0.25, 'd', '1_6'"),
                insert("fullnode_ft (token_id, token_value, did, ", "'1_5', 0.5, 'd'"),
                insert("fullnode_ft (token_id, token_value, did, ", "'ft', 0.5, 'd'"),
                insert("fullnode_nft (token_id, token_value, did, ", "'nft', 0, 'd'"),
                insert("fullnode_smart_contract (token_id, token_value, ", "'contract', 0"));
        try (TestAgent agent = v1.agent(nodes, directory.resolve("state"))) {
            agent.cycle();
            V1Nodes.assertIsTheTruth(agent, nodes);
            agent.restart(config -> config.discovery = asked(config.discovery, "fullnode-rubixtest.db"));
            assertThat(agent.cycle().databases().found()).as("of another network").isEqualTo(2);
            agent.restart(config -> config.discovery = asked(config.discovery, "fullnode-rubix.db"));
            ScanReport report = agent.cycle();
            assertThat(report.problems()).isEmpty();
            assertThat(kinds(agent, full)).isEqualTo(Map.of("1_5", TokenKind.WHOLE, "1_6_1", TokenKind.PART, "ft",
                    TokenKind.FT, "nft", TokenKind.NFT, "contract", TokenKind.CONTRACT));
            assertThat(report.rows().rejectedNow()).as("1_5 is the RBT token's id").isOne();
            assertThat(agent.topic.records().getLast().provenance().dbPath()).endsWith("config.toml#fullnode");
            assertThat(agent.topic.row("contract").validationErrors())
                    .noneMatch(error -> error.startsWith(ValidationCode.DID_MALFORMED.code()));
            assertThat(agent.cycle().databases().read()).isZero();

            sql("UPDATE fullnode_ft SET token_status = 4 WHERE token_id = 'ft'",
                    "DELETE FROM fullnode_nft WHERE token_id = 'nft'", "DROP TABLE fullnode_smart_contract");
            agent.topic.clear();
            assertThat(agent.cycle().databases().read()).isOne();
            assertThat(agent.topic.upserted()).containsExactly("ft");
            assertThat(agent.topic.deleted()).as("of a table that is gone nothing").containsExactly("nft");
            sql("DELETE FROM fullnode_rbt WHERE token_id = '1_5'");
            agent.topic.clear();
            agent.cycle();
            assertThat(kinds(agent, full)).as("the other one is the first now").containsEntry("1_5", TokenKind.FT);
        }
    }

    @Test
    void aFullNodesTablesThatMayNotBeReadStopNothingElse() throws Exception {
        Path nodes = directory.resolve("nodes");
        Simulation.write(SimulationPlan.of(nodes, 1, 10, 3).withMachines(1).flawless(), v1.plan(1, 20));
        try (Connection connection = v1.server.connect(v1.database(0));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE tokensync LOGIN PASSWORD 'reader'");
            statement.execute(PostgresSettings.grants());
            statement.execute("REVOKE SELECT ON fullnode_nft FROM tokensync");
        }
        try (TestAgent agent = v1.agent(nodes, directory.resolve("state"))) {
            agent.restart(config -> {
                config.discovery = asked(config.discovery, "fullnode-rubix.db");
                config.postgres = PostgresSettings
                        .of(new Login(Optional.of("tokensync"), Optional.of(Secret.of("reader"))));
            });
            ScanReport report = agent.cycle();
            assertThat(report.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.kind()).isEqualTo(ProblemKind.POSTGRES_FORBIDDEN);
                assertThat(problem.describe()).contains("config.toml#fullnode", "table fullnode_nft");
            });
            assertThat(report.rows().published()).isEqualTo(30);
            sql(PostgresSettings.grants());
            report = agent.cycle();
            assertThat(report.problems()).isEmpty();
            assertThat(report.rows().published()).as("one in each table").isEqualTo(4);
        } finally {
            sql("DROP OWNED BY tokensync", "DROP ROLE tokensync");
        }
    }

    private static String insert(String columns, String values) {
        return "INSERT INTO " + columns + "transaction_id, token_state_hash, token_status) VALUES (" + values
                + ", '', '', 0)";
    }

    private static void sql(String... statements) throws Exception {
        try (Connection connection = v1.server.connect(v1.database(0));
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        v1.awaitCounts();
    }

    private static DiscoveryConfig asked(DiscoveryConfig config, String database) {
        return new DiscoveryConfig(config.roots(), config.include(), config.exclude(), config.maxDepth(),
                List.of("rubix.db", database), config.aliases());
    }

    private static Map<String, TokenKind> kinds(TestAgent agent, String node) {
        Map<String, TokenKind> kinds = new TreeMap<>();
        agent.topic.table().forEach((key, row) -> {
            if (key.nodeName().equals(node)) {
                kinds.put(key.tokenId(), row.tokenKind());
            }
        });
        return kinds;
    }
}
