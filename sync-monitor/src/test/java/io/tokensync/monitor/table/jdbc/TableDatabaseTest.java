package io.tokensync.monitor.table.jdbc;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.tokensync.monitor.table.Found;
import io.tokensync.monitor.table.Place;
import io.tokensync.monitor.table.Presence;
import io.tokensync.monitor.table.Search;
import io.tokensync.monitor.table.Search.NodeName;
import io.tokensync.monitor.table.Search.Range;
import io.tokensync.monitor.table.Search.What;
import io.tokensync.monitor.table.Validity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Searches on the tables as the writer's schema makes them, in SQLite. */
class TableDatabaseTest {
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

    private Found examining(Search search, Place after, int examined) throws Exception {
        try (var connections = new ReadConnections(sample.settings(), Duration.ofSeconds(60))) {
            return connections.ask(reader -> new TokenSearch(reader, search, examined).page(after, 10));
        }
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
