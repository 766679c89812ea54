package io.tokensync.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.model.IpfsBlock;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.model.ValidationCode;
import io.tokensync.ipfs.Cid;
import io.tokensync.ipfs.Flatfs;
import io.tokensync.ipfs.IpfsRepository;
import io.tokensync.ipfs.UnixFs;
import io.tokensync.simulator.sqlite.NodeDump;
import io.tokensync.simulator.truth.Truth;
import io.tokensync.simulator.truth.TruthRow;

import static org.assertj.core.api.Assertions.assertThat;

class SimulationTest {
    private static final int NODES = 12;
    private static final int TOKENS = 1500;

    @TempDir
    private static Path shared;
    private static Truth truth;

    @TempDir
    private Path own;

    @BeforeAll
    static void write() throws Exception {
        truth = Simulation.write(SimulationPlan.of(shared, NODES, TOKENS, 7));
    }

    @Test
    void theTruthAccountsForEveryRowOfThePlan() throws Exception {
        assertThat(truth.rowCount() + truth.rejected().size()).isEqualTo(TOKENS);
        assertThat(truth.nodes()).hasSize(NODES);
        assertThat(truth.machines()).extracting("sourceIp").containsExactly("10.20.0.1", "10.20.0.2", "10.20.0.3");
        TruthCheck.databasesHoldTheTruth(shared);
    }

    @Test
    void theSamePlanGivesTheSameSimulation() throws Exception {
        Truth again = Simulation.write(SimulationPlan.of(own, NODES, TOKENS, 7));
        assertThat(Files.readString(again.file())).isEqualTo(Files.readString(truth.file()));
        assertThat(files(own)).isEqualTo(files(shared));
        for (Truth.Node node : truth.nodes()) {
            for (String table : List.of("TokensTable", "FTTokenTable", "NFTTokensTable", "smartcontract")) {
                assertThat(printed(own, node, table)).isEqualTo(printed(shared, node, table));
            }
        }
    }

    @Test
    void anotherSeedGivesOtherTokens() throws Exception {
        Truth other = Simulation.write(SimulationPlan.of(own, 2, 300, 8));
        assertThat(ids(other)).doesNotContainAnyElementsOf(
                ids(truth).stream().filter(id -> id.startsWith("Qm")).toList());
    }

    @Test
    void databasesHaveTheColumnsOfTheirGeneration() throws Exception {
        List<String> all = List.of("token_id text", "parent_token_id text", "token_value real", "did text",
                "token_status integer", "token_state_hash text", "transaction_id text", "added numeric",
                "sync_status integer", "created_at datetime", "updated_at datetime");
        Map<String, Integer> counts = Map.of("G0", 5, "G1", 7, "G2", 8, "G3", 9, "G4", 11);
        for (Truth.Node node : truth.nodes()) {
            assertThat(columns(node)).as(node.nodeName())
                    .isEqualTo(all.subList(0, counts.get(node.schema())));
        }
        assertThat(truth.nodes()).extracting(Truth.Node::schema).containsAll(counts.keySet());
    }

    @Test
    void rowsFromBeforeAnUpgradeHaveNulls() throws Exception {
        List<NodeDump.Row> rows = dump(node("node004")).rows("TokensTable");
        assertThat(rows.getFirst().get("created_at")).isNull();
        assertThat(rows).anySatisfy(row -> assertThat(row.get("created_at")).isNotNull());
        assertThat(node("node004").schema()).isEqualTo("G4");
    }

    @Test
    void databasesAreInTheirJournalModeWithPagesOfTheNodes() throws Exception {
        for (Truth.Node node : truth.nodes()) {
            assertThat(dump(node).value("PRAGMA journal_mode")).as(node.nodeName()).isEqualTo(node.journalMode());
            assertThat(dump(node).value("PRAGMA page_size")).isEqualTo(4096);
        }
        assertThat(truth.nodes()).extracting(Truth.Node::journalMode).contains("wal", "delete");
    }

    @Test
    void aLiveLogHasRowsThatTheDatabaseFileLacks() throws Exception {
        List<Truth.Node> live = truth.nodes().stream().filter(Truth.Node::liveWal).toList();
        assertThat(live).isNotEmpty();
        for (Truth.Node node : live) {
            Path database = shared.resolve(node.dbPath());
            assertThat(database.resolveSibling("rubix.db-wal")).isNotEmptyFile();
            Path alone = Files.copy(database, own.resolve(node.nodeName()));
            assertThat(NodeDump.of(alone).rows("TokensTable"))
                    .hasSizeLessThan(dump(node).rows("TokensTable").size());
        }
    }

    @Test
    void everyKindOfRejectionAndMarkIsThere() throws Exception {
        Set<String> reasons = truth.rejected().stream().map(Truth.Rejection::reason).collect(Collectors.toSet());
        assertThat(reasons).containsExactlyInAnyOrder(RejectionReason.TOKEN_ID_MISSING.code(),
                RejectionReason.TOKEN_ID_NOT_TEXT.code(), RejectionReason.TOKEN_ID_TRAILING_BLANK.code(),
                RejectionReason.TOKEN_ID_TOO_LONG.code(), RejectionReason.FIELD_TOO_LONG.code());
        Set<String> codes = rows().flatMap(row -> row.validationCodes().stream()).collect(Collectors.toSet());
        assertThat(codes).isEqualTo(
                Stream.of(ValidationCode.values()).map(ValidationCode::code).collect(Collectors.toSet()));
        assertThat(rows().map(row -> row.content().failure()).collect(Collectors.toSet())).contains(
                TruthRow.Content.NOT_FOUND, TruthRow.Content.MISMATCH, TruthRow.Content.NOT_A_CID);
        assertThat(rows().map(TruthRow::tokenKind).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("whole", "part", "ft", "nft", "contract", "data");
    }

    @Test
    void repositoriesHoldWhatTheTruthSays() throws Exception {
        Map<String, Truth.Node> nodes = truth.nodes().stream()
                .collect(Collectors.toMap(Truth.Node::nodeName, node -> node));
        rows().forEach(row -> {
            Path database = shared.resolve(nodes.get(row.nodeName()).dbPath());
            Path repository = IpfsRepository.find(database).orElseThrow();
            assertThat(repository).isEqualTo(database.getParent().resolveSibling(".ipfs").toAbsolutePath());
            assertContent(row, new Flatfs(repository, 1 << 20));
        });
    }

    @Test
    void someTokensAreOnSeveralNodesAndTheirContentIsTheSame() throws Exception {
        Map<String, List<TruthRow>> byId = rows().collect(Collectors.groupingBy(TruthRow::tokenId));
        List<List<TruthRow>> repeated = byId.values().stream().filter(rows -> rows.size() > 1).toList();
        assertThat((double) repeated.size() / byId.size()).isBetween(0.03, 0.1);
        for (List<TruthRow> rows : repeated) {
            assertThat(rows).hasSizeBetween(2, 7).extracting(TruthRow::content).containsOnly(rows.getFirst().content());
            assertThat(rows).extracting(TruthRow::nodeName).doesNotHaveDuplicates();
            assertThat(rows).extracting(TruthRow::tokenStatus).containsAnyOf("4", "0");
        }
        assertThat(repeated.stream().filter(SimulationTest::isSentAndStillFree).count()).as("tokens held twice")
                .isBetween(1L, repeated.size() / 10L);
    }

    private static boolean isSentAndStillFree(List<TruthRow> rows) {
        return rows.stream().filter(row -> row.tokenStatus().equals("0")).count() > 1;
    }

    @Test
    void nodeNamesAreUniqueAndOneLiesInsideAnotherRubix() {
        assertThat(truth.nodes()).extracting(Truth.Node::nodeName).doesNotHaveDuplicates();
        assertThat(truth.nodes()).extracting(Truth.Node::dbPath).contains("vm2/SafePass/Rubix/Qnode1/Rubix/rubix.db",
                "vm1/node001/Rubix/rubix.db");
    }

    @Test
    void unreadableFilesLieBesideTheNodes() throws Exception {
        assertThat(truth.unreadable()).extracting(Truth.Unreadable::reason).containsExactlyInAnyOrder("not_a_database",
                "no_tokens_table", "empty", "not_configured");
        for (Truth.Unreadable file : truth.unreadable()) {
            assertThat(shared.resolve(file.path())).isRegularFile();
        }
        assertThat(shared.resolve("vm1/weblogin/rubix.db")).exists();
    }

    private static void assertContent(TruthRow row, Flatfs blocks) {
        Cid cid = Cid.parse(row.tokenId()).orElse(null);
        assertThat(TruthRow.Content.NOT_A_CID.equals(row.content().failure())).as("%s", row).isEqualTo(cid == null);
        if (cid == null) {
            return;
        }
        Flatfs.Read read = blocks.read(cid);
        assertThat(read instanceof Flatfs.Read.Absent).as("%s", row)
                .isEqualTo(TruthRow.Content.NOT_FOUND.equals(row.content().failure()));
        if (read instanceof Flatfs.Read.Found(IpfsBlock found)) {
            byte[] block = found.bytes();
            assertThat(cid.hashes(block)).as("%s", row).isEqualTo(row.content().failure() == null);
            if (row.content().data() != null) {
                assertThat(((UnixFs.Decoded.File) UnixFs.decode(block)).content()).asString()
                        .isEqualTo(row.content().data());
            }
        }
    }

    private static List<String> ids(Truth of) throws IOException {
        try (Stream<TruthRow> rows = of.rows()) {
            return rows.map(TruthRow::tokenId).toList();
        }
    }

    private static Stream<TruthRow> rows() throws IOException {
        try (Stream<TruthRow> rows = truth.rows()) {
            return rows.toList().stream();
        }
    }

    private static Truth.Node node(String name) {
        return truth.nodes().stream().filter(node -> node.nodeName().equals(name)).findFirst().orElseThrow();
    }

    /** SQLite shows the names of its own types in capitals, whatever the statement had. */
    private static List<String> columns(Truth.Node node) throws Exception {
        return dump(node).columns("TokensTable").stream().map(column -> column.toLowerCase(Locale.ROOT)).toList();
    }

    private static NodeDump dump(Truth.Node node) {
        return NodeDump.of(shared.resolve(node.dbPath()));
    }

    private static List<String> printed(Path out, Truth.Node node, String table) throws Exception {
        return NodeDump.of(out.resolve(node.dbPath())).rows(table).stream().map(row -> row.values().entrySet().stream()
                .map(value -> value.getKey() + '=' + print(value.getValue())).collect(Collectors.joining(",")))
                .toList();
    }

    private static String print(Object value) {
        return value instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.ISO_8859_1)
                : String.valueOf(value);
    }

    /** Every file with its content; not the databases, which are compared by rows, nor what readers leave beside them. */
    static Map<String, String> files(Path root) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path file : tree.filter(Files::isRegularFile).filter(f -> !f.toString().contains(".db")).toList()) {
                files.put(root.relativize(file).toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }
}
