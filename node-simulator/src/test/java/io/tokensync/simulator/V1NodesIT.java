package io.tokensync.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.model.TransactionCheck;
import io.tokensync.ipfs.Cid;
import io.tokensync.ipfs.Flatfs;
import io.tokensync.simulator.chain.NodeKeys;
import io.tokensync.simulator.postgres.PostgresAccess;
import io.tokensync.simulator.postgres.V1Config;
import io.tokensync.simulator.postgres.V1Network;
import io.tokensync.simulator.postgres.V1Plan;
import io.tokensync.simulator.postgres.V1Schema;
import io.tokensync.simulator.truth.Truth;
import io.tokensync.simulator.truth.TruthRow;
import io.tokensync.testkit.postgres.PostgresServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class V1NodesIT {
    private static final int NODES = 5;
    private static final int TOKENS = 900;

    private static PostgresServer server;

    @TempDir
    private Path out;

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
    void databasesOfEachSchemaHoldTheTruthWithEveryFlaw() throws Exception {
        Truth truth = write(out, 7);
        V1TruthCheck.databasesHoldTheTruth(server, out);
        List<TruthRow> rows = v1Rows(truth);
        assertThat(rows.size() + truth.rejected().stream().filter(r -> r.table().equals("tokens")).count())
                .isEqualTo(TOKENS);
        assertThat(truth.nodes()).extracting(Truth.Node::schema)
                .contains("V1", "V1_NAMED_STATUS", "V1_MEMO", "V1_SPARSE");
        assertThat(rows).extracting(TruthRow::tokenKind).contains("whole", "part", "ft", "nft", "contract");
        assertThat(rows).extracting(TruthRow::tokenValue).contains("NaN", "Infinity", "0.3", "1.0");
        assertThat(rows.stream().flatMap(row -> row.validationCodes().stream()).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("token_id_malformed", "did_malformed", "token_status_unknown",
                        "token_value_malformed", "created_at_malformed", "updated_at_malformed");
        assertThat(truth.rejected().stream().filter(r -> r.table().equals("tokens")).map(Truth.Rejection::reason))
                .contains(RejectionReason.TOKEN_ID_MISSING.code(), RejectionReason.TOKEN_ID_TRAILING_BLANK.code(),
                        RejectionReason.TOKEN_ID_TOO_LONG.code(), RejectionReason.FIELD_TOO_LONG.code());
    }

    @Test
    void theTruthStaysTrueWhateverTheNodesDo() throws Exception {
        write(out, 3);
        Set<Edit> seen = new TreeSet<>();
        for (int run = 0; run < 2; run++) {
            try (Churn churn = Churn.open(out)) {
                for (int i = 0; i < 300; i++) {
                    seen.add(churn.step());
                }
            }
            V1TruthCheck.databasesHoldTheTruth(server, out);
        }
        assertThat(seen).contains(Edit.MOVED, Edit.TOUCHED, Edit.MINTED, Edit.SPLIT, Edit.DELETED, Edit.NODE_ADDED);
        Truth after = Truth.read(out);
        assertThat(after.nodes().stream().filter(V1Schema::isSchemaOf)).hasSize(NODES);
        assertTransactionsAreTheirInformation(after);
    }

    @Test
    void theSamePlanGivesTheSameTruthAndLeavesTheOtherNodesAsTheyWere() throws Exception {
        List<String> once = lines(write(out.resolve("once"), 5));
        assertThat(lines(write(out.resolve("again"), 5))).isEqualTo(once);
        List<String> alone = lines(Simulation.write(SimulationPlan.of(out.resolve("alone"), 2, 100, 5)));
        assertThat(once.stream().filter(line -> !line.contains("\"table\":\"tokens\"")).toList()).isEqualTo(alone);
    }

    @Test
    void aNodeThatCannotLogInSkipsItsEdit() throws Exception {
        write(out, 9);
        try (Churn churn = Churn.open(out)) {
            server.stop();
            try {
                assertThat(Stream.generate(() -> step(churn)).limit(20)).contains(Edit.SKIPPED);
            } finally {
                server.restart();
            }
            assertThat(Stream.generate(() -> step(churn)).limit(20)).doesNotContain(Edit.SKIPPED);
        }
        V1TruthCheck.databasesHoldTheTruth(server, out);
    }

    @Test
    void nodesOfTheTestNetworkHaveLevelsAndDirectoriesOfTheirOwn() throws Exception {
        Truth truth = Simulation.write(SimulationPlan.of(out, 1, 10, 1).flawless(),
                new V1Plan(1, 50, V1Network.TEST, access()));
        Path config = out.resolve(v1Node(truth).dbPath());
        assertThat(v1Rows(truth)).filteredOn(row -> row.tokenKind().equals("whole")).isNotEmpty()
                .allSatisfy(row -> assertThat(row.tokenId()).matches("500[0-9]{2}_[0-9]+"));
        assertThat(config.resolveSibling("testnet").resolve("dids")).isDirectory();
        assertThat(V1Config.read(config).network()).isEqualTo(V1Network.TEST);
    }

    @Test
    void repositoriesHoldTheContentAndWhatTheStateHashNames() throws Exception {
        Truth truth = Simulation.write(SimulationPlan.of(out, 1, 10, 1).flawless(),
                new V1Plan(1, 300, V1Network.MAIN, access()));
        Flatfs blocks = new Flatfs(out.resolve(v1Node(truth).dbPath()).resolveSibling(".ipfs"), 1 << 20);
        assertThat(v1Rows(truth)).allSatisfy(row -> {
            Stream<String> ids = row.tokenId().startsWith("Qm")
                    ? Stream.of(row.tokenId(), row.tokenStateHash())
                    : Stream.of(row.tokenStateHash());
            assertThat(ids.map(id -> blocks.read(Cid.parse(id).orElseThrow())))
                    .allSatisfy(read -> assertThat(read).isInstanceOf(Flatfs.Read.Found.class));
        });
    }

    @Test
    void aValueBelowZeroAndADatabaseOfSomebodyElseAreRejected() throws Exception {
        Truth truth = write(out, 4);
        Path config = out.resolve(v1Node(truth).dbPath());
        assertThatThrownBy(() -> V1TruthCheck.query(server, config,
                "UPDATE tokens SET token_value = -1 RETURNING token_id")).hasMessageContaining("token_value_check");
        server.execute("CREATE DATABASE theirs_rubix001");
        assertThatThrownBy(() -> Simulation.write(SimulationPlan.of(out, 1, 10, 1), new V1Plan(1, 10, V1Network.MAIN,
                new PostgresAccess(server.host(), server.port(), PostgresServer.USER, PostgresServer.PASSWORD,
                        "theirs_"))))
                .isInstanceOf(IOException.class).hasMessageContaining("already exists");
    }

    private static void assertTransactionsAreTheirInformation(Truth truth) throws Exception {
        for (Truth.Node node : truth.nodes().stream().filter(V1Schema::isSchemaOf).toList()) {
            Path config = truth.file().resolveSibling(node.dbPath());
            List<Map<String, String>> transactions = V1TruthCheck.query(server, config,
                    "SELECT id, info FROM transactions");
            assertThat(transactions.stream().filter(row -> !row.get("info").contains("\"memo\":\"changed\"")))
                    .isNotEmpty().allMatch(row -> HexFormat.of().formatHex(TransactionRules.sha3(row.get("info")))
                            .equals(row.get("id")));
            if (!node.schema().equals("V1_SPARSE")) {
                assertThat(V1TruthCheck.query(server, config, "SELECT token_id FROM tokens t WHERE transaction_id <> ''"
                        + " AND transaction_id <> (SELECT transaction_id FROM tokenchain c WHERE c.token_id = t.token_id ORDER BY id DESC"
                        + " LIMIT 1)")).isEmpty();
            }
        }
    }

    @Test
    void everythingThatCanBeFoundOutAboutATransactionIsThere() throws Exception {
        Truth truth = write(out, 11);
        List<TruthRow> rows = v1Rows(truth);
        assertThat(rows.stream().filter(row -> row.transaction() != null).map(row -> row.transaction().check())
                .collect(Collectors.toSet()))
                .isEqualTo(Arrays.stream(TransactionCheck.values()).map(TransactionCheck::code)
                        .collect(Collectors.toSet()));
        assertThat(rows).filteredOn(row -> row.transactionId() == null)
                .allMatch(row -> row.transaction() == null)
                .extracting(TruthRow::nodeName).contains("rubix003", "rubix004");
        assertThat(rows.stream().filter(row -> row.transaction() != null).map(TruthRow::transaction))
                .anyMatch(said -> said.check().equals("verified") && said.owner() == null)
                .anyMatch(said -> said.check().equals("missing") && said.initiator() == null);
        for (Truth.Node node : truth.nodes().stream().filter(V1Schema::isSchemaOf).toList()) {
            Path config = out.resolve(node.dbPath());
            assertThat(number(config, "SELECT max(length(info::text)) AS n FROM transactions"))
                    .isBetween(node.schema().equals("V1_SPARSE") ? 1_000L : 4 << 20,
                            node.schema().equals("V1_SPARSE") ? 20_000L : 4 << 20);
        }
    }

    @Test
    void aTransactionHasManyTokensAndIsSigned() throws Exception {
        Truth truth = Simulation.write(SimulationPlan.of(out, 1, 10, 1).flawless(),
                new V1Plan(1, 2_000, V1Network.LOCAL, access()));
        Path config = out.resolve(v1Node(truth).dbPath());
        assertThat(number(config, "SELECT count(*) AS n FROM transactions")).isLessThan(400);
        assertThat(number(config, "SELECT count(*) AS n FROM tokenchain")).isGreaterThan(2_000);
        assertThat(v1Rows(truth)).extracting(row -> row.transaction().check()).containsOnly("verified", "id_verified")
                .filteredOn("verified"::equals).hasSizeGreaterThan(1_000);
        assertThat(V1TruthCheck.query(server, config, "SELECT DISTINCT info->>'network' AS network FROM transactions"))
                .containsExactly(Map.of("network", "localnet"));
    }

    @Test
    void ownDidsHaveSecretsBesideTheirPublicKeysAndStrangersHaveNone() throws Exception {
        Truth truth = write(out, 2);
        Path dids = out.resolve(v1Node(truth).dbPath()).resolveSibling("mainnet").resolve("dids");
        try (Stream<Path> directories = Files.list(dids)) {
            Map<Boolean, List<Path>> byOwn = directories
                    .collect(Collectors.partitioningBy(did -> Files.exists(did.resolve("mnemonic.txt"))));
            assertThat(byOwn.get(true)).hasSize(3).allSatisfy(did -> {
                assertThat(did.resolve("pubKey.pem")).content().startsWith("-----BEGIN PUBLIC KEY-----\nB");
                for (String secret : NodeKeys.SECRET_FILES) {
                    assertThat(did.resolve(secret)).content().contains(NodeKeys.NEVER_TO_BE_READ);
                }
            });
            assertThat(byOwn.get(false)).hasSize(14).filteredOn(did -> Files.exists(did.resolve("pubKey.pem")))
                    .hasSize(13);
        }
    }

    private static long number(Path config, String sql) throws Exception {
        return Long.parseLong(V1TruthCheck.query(server, config, sql).getFirst().get("n"));
    }

    private static Truth write(Path directory, long seed) throws IOException, InterruptedException {
        return Simulation.write(SimulationPlan.of(directory, 2, 100, seed),
                new V1Plan(NODES, TOKENS, V1Network.MAIN, access()));
    }

    private static PostgresAccess access() {
        return new PostgresAccess(server.host(), server.port(), PostgresServer.USER, PostgresServer.PASSWORD, "rubix_");
    }

    private static Truth.Node v1Node(Truth truth) {
        return truth.nodes().stream().filter(V1Schema::isSchemaOf).findFirst().orElseThrow();
    }

    private static List<TruthRow> v1Rows(Truth truth) throws IOException {
        try (Stream<TruthRow> rows = truth.rows()) {
            return rows.filter(row -> row.table().equals("tokens")).toList();
        }
    }

    /** The rows as the file has them. */
    private static List<String> lines(Truth truth) throws IOException {
        return Files.readAllLines(truth.file()).stream().filter(line -> line.startsWith("{\"machine\""))
                .map(line -> line.replaceAll(",$", "")).toList();
    }

    private static Edit step(Churn churn) {
        try {
            return churn.step();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
