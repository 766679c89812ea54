package io.tokensync.monitor.table.jdbc;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.monitor.table.Found;
import io.tokensync.monitor.table.Place;
import io.tokensync.monitor.table.Presence;
import io.tokensync.monitor.table.Search;
import io.tokensync.monitor.table.Search.NodeName;
import io.tokensync.monitor.table.Search.Range;
import io.tokensync.monitor.table.Search.What;
import io.tokensync.monitor.table.TableException;
import io.tokensync.monitor.table.TokenTable.OwnerView;
import io.tokensync.monitor.table.TokenTable.TokenView;
import io.tokensync.monitor.table.Validity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Searches and pages on the tables as the writer's schema makes them, in SQLite. */
class TableDatabaseTest {
    private static final String ENDLESS = "WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x) SELECT COUNT(*) AS n FROM x";
    private static final Search ALL = Search.EVERYTHING;
    private static final Range ANY = new Range(Optional.empty(), Optional.empty());

    @TempDir
    private Path directory;
    private SampleTable sample;
    private TableDatabase table;

    @BeforeEach
    void open() throws Exception {
        sample = SampleTable.in(directory);
        table = new TableDatabase(sample.settings());
    }

    @AfterEach
    void close() throws Exception {
        table.close();
        sample.close();
    }

    @Test
    void eachConditionFindsItsRowsAndNoOthers() throws Exception {
        sample.row(Map.of("token_id", "Qma1"));
        sample.row(Map.of("token_id", "Qma2", "node_name", "n2", "did", "did:2", "status_name", "burnt"));
        sample.row(Map.of("token_id", "QmA2", "token_kind", "part", "token_value", "0.25", "did", "did:2"));
        sample.row(Map.of("token_id", "Qmb", "validation_errors", "[\"token_id_malformed\"]", "token_kind", "ft"));
        sample.row(Map.of("token_id", "Qmc", "ipfs_fetched", 0, "ipfs_error", "mismatch: other bytes"));
        sample.row(Map.of("token_id", "Qmd", "deleted_version", 7, "did", "did:2", "deleted_at",
                "2026-01-03 00:00:00.0000000"));
        assertThat(ids(ALL.of(List.of("Qma1", "Qmc", "nothing")))).containsExactly("Qma1", "Qmc");
        assertThat(ids(prefix("Qma"))).containsExactly("Qma1", "Qma2");
        assertThat(ids(prefix("QmA"))).containsExactly("QmA2");
        assertThat(ids(did("did:2", Presence.LISTED))).containsExactly("Qma2", "QmA2");
        assertThat(ids(did("did:2", Presence.GONE))).containsExactly("Qmd");
        assertThat(ids(did("did:2", Presence.ALL))).containsExactly("Qma2", "QmA2", "Qmd");
        assertThat(ids(node("10.0.0.1", "n2"))).containsExactly("Qma2");
        assertThat(ids(what("whole", null))).containsExactlyInAnyOrder("Qma1", "Qma2", "Qmc");
        assertThat(ids(what(null, "burnt"))).containsExactly("Qma2");
        assertThat(ids(what("part", "free"))).containsExactly("QmA2");
        assertThat(ids(validity(Validity.ERRORS))).containsExactly("Qmb");
        assertThat(ids(validity(Validity.WITHOUT_CONTENT))).containsExactly("Qmc");
        assertThat(ids(validity(Validity.MISMATCH))).containsExactly("Qmc");
    }

    @Test
    void conditionsHoldTogether() throws Exception {
        for (int i = 0; i < 10; i++) {
            sample.row(Map.of("token_id", "part" + i, "token_kind", "part", "token_value", "0." + i));
        }
        sample.row(Map.of("token_id", "odd", "token_kind", "part", "token_value", "a lot"));
        Range range = new Range(Optional.of(new BigDecimal("0.3")), Optional.of(new BigDecimal("0.5")));
        Search parts = new Search(List.of(), Optional.empty(), Optional.of("did:1"), List.of(),
                new What(Optional.of("part"), Optional.of("free")), range, Validity.CONTENT, Presence.LISTED, false);
        assertThat(ids(parts)).containsExactly("part3", "part4", "part5");
    }

    @Test
    void withoutAnIndexedConditionItIsSaidWhichThereAre() {
        Search value = new Search(List.of(), Optional.empty(), Optional.empty(), List.of(), ALL.what(),
                new Range(Optional.of(BigDecimal.ONE), Optional.empty()), Validity.VALID, Presence.LISTED, false);
        for (Search search : List.of(ALL, value)) {
            assertThatThrownBy(() -> table.search(search, Place.START, 10))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("read the whole table")
                    .hasMessageContaining("a DID, a node");
        }
    }

    /** Whatever the page size: each row once, in the order of the index. */
    @ParameterizedTest
    @EnumSource
    void pagesFollowEachOther(AccessPath path) throws Exception {
        for (int i = 0; i < 40; i++) {
            sample.row(Map.of("token_id", "Qm%02d".formatted(i), "node_name", "n" + i % 3, "status_name",
                    i % 2 == 0 ? "free" : "burnt", "ipfs_fetched", 0, "validation_errors", "[]", "parent_token_id",
                    "p"));
        }
        Search search = switch (path) {
            case TOKEN -> ALL.of(List.of("Qm07", "Qm03", "Qm05", "Qm03"));
            case NODE -> nodes(new NodeName("10.0.0.1", "n2"), new NodeName("10.0.0.1", "n0"));
            case DID -> did("did:1", Presence.ALL);
            case PREFIX -> prefix("Qm");
            case INVALID -> validity(Validity.ERRORS);
            case WITHOUT_CONTENT, PARENT -> validity(Validity.WITHOUT_CONTENT);
            case KIND_STATUS -> what("whole", null);
        };
        List<Object> whole = ids(search);
        assertThat(whole).hasSizeGreaterThanOrEqualTo(3).doesNotHaveDuplicates();
        for (int limit : new int[]{1, 2, 7, 39, 40}) {
            List<Object> paged = new ArrayList<>();
            Optional<Place> next = Optional.of(Place.START);
            while (next.isPresent()) {
                Found found = table.search(search, Place.parse(next.get().text()), limit);
                assertThat(found.rows()).hasSizeLessThanOrEqualTo(limit).isNotEmpty();
                found.rows().forEach(row -> paged.add(row.get("token_id")));
                next = found.next();
            }
            assertThat(paged).isEqualTo(whole);
        }
    }

    /** Few rows fit among many: a page ends where it has looked long enough, and the next goes on there. */
    @Test
    void aPageLooksAtABoundedNumberOfRows() throws Exception {
        for (int i = 0; i < 100; i++) {
            sample.row(Map.of("token_id", "Qm%03d".formatted(i), "token_value", i % 40 == 39 ? "2" : "1"));
        }
        Search rare = new Search(List.of(), Optional.empty(), Optional.of("did:1"), List.of(), ALL.what(),
                new Range(Optional.of(new BigDecimal("2")), Optional.empty()), Validity.ANY, Presence.LISTED, false);
        List<Object> found = new ArrayList<>();
        int pages = 0;
        Optional<Place> next = Optional.of(Place.START);
        while (next.isPresent()) {
            Found page = examining(rare, next.get(), 30);
            page.rows().forEach(row -> found.add(row.get("token_id")));
            assertThat(page.examined()).isEqualTo(page.next().isPresent());
            next = page.next();
            pages++;
        }
        assertThat(found).containsExactly("Qm039", "Qm079");
        assertThat(pages).isEqualTo(4);
    }

    @Test
    void freeOnSeveralNodesIsAskedOfTheRowsOfAnOwner() throws Exception {
        sample.row(Map.of("token_id", "once"));
        sample.row(Map.of("token_id", "twice"));
        sample.row(Map.of("token_id", "twice", "node_name", "n2"));
        sample.row(Map.of("token_id", "sent"));
        sample.row(Map.of("token_id", "sent", "node_name", "n2", "status_name", "transferred"));
        sample.row(Map.of("token_id", "gone"));
        sample.row(Map.of("token_id", "gone", "node_name", "n2", "deleted_version", 5));
        Search several = new Search(List.of(), Optional.empty(), Optional.of("did:1"), List.of(), ALL.what(), ANY,
                Validity.ANY, Presence.LISTED, true);
        assertThat(ids(several)).containsExactly("twice", "twice");
    }

    @Test
    void hostileTextsAreValuesAndNothingElse() throws Exception {
        String hostile = "'; DROP TABLE dbo.TokenRecords; --<img src=x>\n\u0000\ud83d\ude00%_[a]";
        sample.row(Map.of("token_id", hostile, "node_name", hostile, "source_ip", hostile, "did", hostile));
        assertThat(ids(ALL.of(List.of(hostile)))).containsExactly(hostile);
        assertThat(ids(prefix(hostile.substring(0, 20)))).containsExactly(hostile);
        assertThat(ids(node(hostile, hostile))).containsExactly(hostile);
        assertThat(ids(did(hostile, Presence.LISTED))).containsExactly(hostile);
        assertThat(ids(what(null, hostile))).isEmpty();
        assertThat(table.token(hostile).orElseThrow().rows()).hasSize(1);
        assertThat(ids(prefix("\udbff\udfff"))).isEmpty();
    }

    @Test
    void aTokenHasItsNodesParentsAndParts() throws Exception {
        sample.row(Map.of("token_id", "whole"));
        sample.row(Map.of("token_id", "half", "token_kind", "part", "parent_token_id", "whole"));
        sample.row(Map.of("token_id", "half", "token_kind", "part", "parent_token_id", "whole", "node_name", "n2"));
        sample.row(Map.of("token_id", "quarter", "token_kind", "part", "parent_token_id", "half", "ipfs_data",
                "x".repeat(70_000)));
        TokenView half = table.token("half").orElseThrow();
        assertThat(half.rows()).extracting(row -> row.get("node_name")).containsExactly("n1", "n2");
        assertThat(half.parents()).extracting(row -> row.get("token_id")).containsExactly("whole");
        assertThat(half.parts()).extracting(row -> row.get("token_id")).containsExactly("quarter");
        assertThat(half.history().orElse(List.of())).isEmpty();
        TokenView quarter = table.token("quarter").orElseThrow();
        assertThat(quarter.parents()).extracting(row -> row.get("token_id")).containsExactly("half", "whole");
        assertThat(quarter.rows().getFirst().get("ipfs_data").toString()).hasSize(65_538).endsWith(" …");
        assertThat(quarter.rows().getFirst()).containsEntry("ipfs_fetched", true)
                .containsEntry("synced_at", "2026-01-02T03:04:05.123456700Z");
        assertThat(table.token("nobody")).isEmpty();
    }

    @Test
    void parentsThatNameEachOtherAreAnEnd() throws Exception {
        sample.row(Map.of("token_id", "a", "parent_token_id", "b"));
        sample.row(Map.of("token_id", "b", "parent_token_id", "a"));
        sample.row(Map.of("token_id", "orphan", "parent_token_id", "unknown"));
        assertThat(table.token("a").orElseThrow().parents()).extracting(row -> row.get("token_id"))
                .containsExactly("b");
        assertThat(table.token("orphan").orElseThrow().parents())
                .containsExactly(Map.of("token_id", "unknown", "known", false));
    }

    @Test
    void withoutTheTableOfVersionsThereIsNoHistoryAndEverythingElse() throws Exception {
        sample.run("DROP TABLE IF EXISTS dbo.TokenHistory");
        sample.row(Map.of("token_id", "t"));
        assertThat(table.token("t").orElseThrow().history()).isEmpty();
        assertThat(table.owner("did:1").overTime()).isEmpty();
        assertThat(table.owner("did:1").now().counted()).isEqualTo(1);
    }

    /** The history of an owner is read by an index or not at all; his holdings are shown either way. */
    @Test
    void anOwnerIsShownWithoutWhatWasWhereItCannotBeRead() throws Exception {
        sample.withHistory();
        sample.row(Map.of("token_id", "t"));
        sample.run("DROP INDEX dbo.IX_TokenHistory_did");
        OwnerView owner = table.owner("did:1");
        assertThat(owner.now().counted()).isEqualTo(1);
        assertThat(owner.overTime()).isEmpty();
        assertThat(owner.wholeTime()).isFalse();
    }

    @Test
    void theHistoryOfATokenIsInTheOrderInWhichItWasSeen() throws Exception {
        sample.withHistory();
        sample.version(Map.of("token_id", "t", "record_version", 2, "did", "did:2", "node_name", "n2", "observed_at",
                "2026-02-01 00:00:00.0000000"));
        sample.version(Map.of("token_id", "t", "record_version", 1, "observed_at", "2026-01-01 00:00:00.0000000"));
        assertThat(table.token("t").orElseThrow().history().orElseThrow()).extracting(row -> row.get("did"))
                .containsExactly("did:1", "did:2");
    }

    @Test
    void anOwnersHoldingsAreCountedNowAndOverTime() throws Exception {
        sample.withHistory();
        sample.row(Map.of("token_id", "a"));
        sample.row(Map.of("token_id", "b", "token_kind", "part", "token_value", "0.5"));
        sample.row(Map.of("token_id", "c", "deleted_version", 9));
        version("a", 1, "did:1", "free", "1", "2026-01-01");
        version("c", 1, "did:1", "free", "1", "2026-01-01");
        version("b", 1, "did:1", "free", "0.5", "2026-01-02");
        version("c", 2, "did:2", "free", "1", "2026-01-03");
        OwnerView owner = table.owner("did:1");
        assertThat(owner.now().groups()).containsExactlyInAnyOrder(
                Map.of("token_kind", "whole", "status_name", "free", "tokens", 1L, "value", "1"),
                Map.of("token_kind", "part", "status_name", "free", "tokens", 1L, "value", "0.5"));
        assertThat(owner.now().whole()).isTrue();
        assertThat(owner.overTime().orElseThrow()).containsExactly(step("2026-01-01", 2, "2"),
                step("2026-01-02", 3, "2.5"), step("2026-01-03", 2, "1.5"));
        assertThat(table.owner("did:none").now().counted()).isZero();
    }

    @Test
    void whatATransferLeavesBehindIsNoHolding() throws Exception {
        sample.withHistory();
        version("a", 1, "did:1", "free", "1", "2026-01-01");
        version("a", 2, "did:1", "transferred", "1", "2026-01-02");
        assertThat(table.owner("did:1").overTime().orElseThrow()).containsExactly(step("2026-01-01", 1, "1"),
                step("2026-01-02", 0, "0"));
    }

    @Test
    void verificationsAreThereWhenTheirViewIs() throws Exception {
        assertThat(table.verifications()).isEmpty();
        sample.withHistory();
        for (int watermark : new int[]{1, 2}) {
            sample.run("INSERT INTO dbo.NodeVerifications VALUES ('10.0.0.1', 'n1', ?, '2026-01-01 12:03:00.0000000', "
                    + "'2026-01-01 12:04:00.0000000', 'schedule', 'equal', 7, 7, 'aa', 'aa', 16, 0, 0, 0, 0, 1.5, 'a', 's')",
                    watermark);
        }
        assertThat(table.verifications()).hasSize(1).first().satisfies(row -> assertThat(row)
                .containsEntry("as_of", "2026-01-01T12:03:00Z").containsEntry("outcome", "equal")
                .containsEntry("node_rows", 7L));
    }

    @Test
    void aDatabaseThatIsNotThereIsSaidWithoutItsAddress() {
        try (TableDatabase none = new TableDatabase(
                SqlSettings.of("jdbc:sqlite:" + directory.resolve("secret/no.db")))) {
            assertThatThrownBy(() -> none.search(what(null, "free"), Place.START, 1))
                    .isInstanceOf(TableException.class).hasMessageContaining("the database answers with error")
                    .hasMessageContaining("tokensync schema validate").hasMessageNotContaining("secret");
        }
    }

    @Test
    void aStatementThatTakesTooLongIsEnded() throws Exception {
        try (var connections = new ReadConnections(sample.settings(), Duration.ofMillis(200))) {
            assertThatThrownBy(() -> connections.ask(reader -> reader.rows(ENDLESS, List.of())))
                    .isInstanceOf(TableException.class).hasMessageContaining("took longer than");
            assertThat(connections.<Integer>ask(reader -> reader.rows("SELECT 1 AS one", List.of()).size())).isEqualTo(1);
        }
    }

    @Test
    void whoFindsNoConnectionFreeIsToldSo() throws Exception {
        try (var connections = new ReadConnections(sample.settings(), Duration.ofSeconds(30));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                var _ = threads.submit(() -> connections.ask(reader -> reader.rows(ENDLESS, List.of())));
            }
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThatThrownBy(
                    () -> connections.ask(reader -> reader.rows("SELECT 1 AS one", List.of())))
                    .isInstanceOf(TableException.class).hasMessageContaining("too many questions"));
            connections.close();
        }
    }

    /** A reader that kept a snapshot would keep the write-ahead log from being cut back. */
    @Test
    void betweenQuestionsNothingIsHeld() throws Exception {
        sample.row(Map.of("token_id", "a"));
        assertThat(ids(did("did:1", Presence.LISTED))).containsExactly("a");
        sample.row(Map.of("token_id", "b"));
        assertThat(sample.busyAtCheckpoint()).isZero();
        assertThat(ids(did("did:1", Presence.LISTED))).containsExactly("a", "b");
    }

    private Found examining(Search search, Place after, int examined) throws Exception {
        try (var connections = new ReadConnections(sample.settings(), Duration.ofSeconds(60))) {
            return connections.ask(reader -> new TokenSearch(reader, search, examined).page(after, 10));
        }
    }

    private void version(String token, int version, String did, String status, String value, String day)
            throws Exception {
        sample.version(Map.of("token_id", token, "record_version", version, "did", did, "status_name", status,
                "token_value", value, "observed_at", day + " 00:00:00.0000000"));
    }

    private static Map<String, Object> step(String day, int tokens, String value) {
        return Map.of("at", day + "T00:00:00Z", "tokens", tokens, "value", value);
    }

    private List<Object> ids(Search search) throws Exception {
        Found found = table.search(search, Place.START, 200);
        assertThat(found.next()).isEmpty();
        return found.rows().stream().map(row -> row.get("token_id")).toList();
    }

    private static Search prefix(String prefix) {
        return new Search(List.of(), Optional.of(prefix), Optional.empty(), List.of(), ALL.what(), ANY, Validity.ANY,
                Presence.LISTED, false);
    }

    private static Search did(String did, Presence presence) {
        return new Search(List.of(), Optional.empty(), Optional.of(did), List.of(), ALL.what(), ANY, Validity.ANY,
                presence, false);
    }

    private static Search node(String ip, String name) {
        return nodes(new NodeName(ip, name));
    }

    private static Search nodes(NodeName... nodes) {
        return new Search(List.of(), Optional.empty(), Optional.empty(), List.of(nodes), ALL.what(), ANY, Validity.ANY,
                Presence.LISTED, false);
    }

    private static Search what(String kind, String status) {
        return new Search(List.of(), Optional.empty(), Optional.empty(), List.of(),
                new What(Optional.ofNullable(kind), Optional.ofNullable(status)), ANY, Validity.ANY, Presence.LISTED,
                false);
    }

    private static Search validity(Validity validity) {
        return new Search(List.of(), Optional.empty(), Optional.empty(), List.of(), ALL.what(), ANY, validity,
                Presence.LISTED, false);
    }
}
