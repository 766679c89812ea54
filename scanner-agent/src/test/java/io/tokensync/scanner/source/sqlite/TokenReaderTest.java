package io.tokensync.scanner.source.sqlite;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.common.time.Sleeper;
import io.tokensync.scanner.fixture.LateClock;
import io.tokensync.scanner.fixture.Schema;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.fixture.TestWatch;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.TokenColumn;
import io.tokensync.scanner.source.TokenTable;
import io.tokensync.scanner.source.sqlite.file.NodeConnection;
import io.tokensync.scanner.source.sqlite.file.ReadingConfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TokenReaderTest {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    @TempDir
    Path root;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void everyRowIsMetOnceWhateverThePage(int page) throws Exception {
        try (TestNode node = TestNode.create(root, "n")) {
            node.script("CREATE TABLE NFTTokensTable (token_id text PRIMARY KEY, did text)");
            for (String id : List.of("b", "a", "\ue000", "\ud83d\ude00", "", " ", "Z", "a ", "c")) {
                node.tokenWithId(id, 0);
                node.execute("INSERT INTO NFTTokensTable VALUES (?, 'x')", id + "n");
            }
            node.script("INSERT INTO TokensTable (token_id) VALUES (NULL), (NULL), (NULL), (x'00'), (x'0102')");
            List<RawRow> rows = read(node.file(), page);
            assertThat(rows).hasSize(23);
            assertThat(rows.stream().filter(RawRow::idIsText).map(RawRow::id).toList()).hasSize(18)
                    .doesNotHaveDuplicates();
            assertThat(rows).isSortedAccordingTo(
                    Comparator.comparing(RawRow::table).thenComparingLong(RawRow::rowid));
            assertThat(rows.stream().filter(row -> !row.idIsText())).hasSize(5);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 50})
    void idsThatAreNotUtf8DoNotBreakTheScan(int page) throws Exception {
        try (TestNode node = TestNode.create(root, "n")) {
            node.script("INSERT INTO TokensTable (token_id) VALUES (CAST(x'FF' AS TEXT)), (CAST(x'FE' AS TEXT)),"
                    + " (CAST(x'61FF' AS TEXT)), (CAST(x'80' AS TEXT)), ('a'), ('\ufffd'), ('z')");
            List<RawRow> rows = read(node.file(), page);
            assertThat(rows).hasSize(7);
            assertThat(rows.stream().filter(RawRow::idIsText).map(RawRow::id)).containsExactly("a", "\ufffd", "z");
        }
    }

    @Test
    void nothingIsSearchedForInVain() throws Exception {
        try (TestNode node = TestNode.create(root, "n"); NodeConnection connection = connect(node.file())) {
            node.script("CREATE TABLE NFTTokensTable (token_id text PRIMARY KEY, did text)");
            TableQueries queries = new TableQueries(TableLayout.of(connection, TokenTable.NFT),
                    List.of(TableLayout.of(connection, TokenTable.TOKENS)));
            assertThat(plan(connection, queries.page())).contains("SEARCH NFTTokensTable USING INTEGER PRIMARY KEY")
                    .contains("SEARCH TokensTable USING COVERING INDEX");
            assertThat(plan(connection, queries.byId())).startsWith("SEARCH NFTTokensTable USING INDEX");
        }
    }

    @Test
    void aLiveWriteAheadLogIsRead() throws Exception {
        try (TestNode node = TestNode.create(root, "n", Schema.G4, "wal")) {
            node.script("PRAGMA wal_autocheckpoint = 0");
            node.tokens(0, 50);
            assertThat(read(node.file(), 10)).hasSize(50);
            assertThat(root.resolve("n/Rubix/rubix.db-wal")).isNotEmptyFile();
        }
    }

    @Test
    void aWriterIsNeverLockedOutBetweenPages() throws Exception {
        try (TestNode node = TestNode.create(root, "n")) {
            node.tokens(0, 20).script("PRAGMA busy_timeout = 5000");
            try (TokenReader reader = open(node.file(), 3)) {
                int met = 0;
                while (reader.next() != null) {
                    node.status(met, 5).token("new" + met, 0);
                    met++;
                }
                assertThat(met).isGreaterThanOrEqualTo(20);
            }
        }
    }

    @Test
    void aPageThatHasTakenItsTimeEndsBeforeItIsFull() throws Exception {
        ReadingConfig noTime = new ReadingConfig(5_000, Duration.ZERO, LONGEST_WAIT, 1, 0, LONGEST_WAIT);
        try (TestNode node = TestNode.create(root, "n").tokens(0, 20).script("PRAGMA busy_timeout = 5000");
                TokenReader reader = opener(noTime, _ -> {}).open(node.file())) {
            List<String> met = new ArrayList<>();
            for (RawRow row = reader.next(); row != null; row = reader.next()) {
                met.add(row.id());
                node.script("UPDATE TokensTable SET token_status = " + met.size());
                assertThat((Long) row.value(TokenColumn.TOKEN_STATUS)).as("read at most eight pages ahead")
                        .isBetween(Math.max(0, met.size() - 8L), met.size() - 1L);
            }
            assertThat(met).hasSize(20);
        }
    }

    @Test
    void aRowThatIsReplacedAgainAndAgainUnderTheScanDoesNotKeepItFromEnding() throws Exception {
        try (TestNode node = TestNode.create(root, "n")) {
            node.tokenWithId("a", 0).tokenWithId("b", 0).tokenWithId("c", 0).script("PRAGMA busy_timeout = 5000");
            List<String> met = new ArrayList<>();
            try (TokenReader reader = open(node.file(), 1)) {
                for (RawRow row = reader.next(); row != null; row = reader.next()) {
                    met.add(row.id());
                    node.tokenWithId("b", met.size());
                }
            }
            assertThat(met).contains("a", "c").doesNotHaveDuplicates();
        }
    }

    @Test
    void manyRowsOfOneIdAreAProblemAndNotAllInMemory() throws Exception {
        try (TestNode node = TestNode.bare(root, "n")) {
            node.script("CREATE TABLE TokensTable (token_id text)",
                    "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
                            + " INSERT INTO TokensTable SELECT 'a' FROM n");
            try (TokenReader reader = open(node.file(), 10)) {
                assertThatThrownBy(() -> reader.find(List.of("a"))).isInstanceOfSatisfying(
                        DatabaseProblemException.class,
                        e -> assertThat(e.problem().kind().code()).isEqualTo("too_many_repeated_ids"));
            }
        }
    }

    @Test
    void rowsAreFoundAgainInAllTables() throws Exception {
        try (TestNode node = TestNode.create(root, "n"); TokenReader reader = open(node.file(), 3)) {
            node.token("a", 0).token("b", 0);
            assertThat(reader.find(List.of(TestNode.id("a"), TestNode.id("x")))).extracting(RawRow::id)
                    .containsExactly(TestNode.id("a"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"50% off?mode=rw", "two words", "hash#1", "Ünïcode"})
    void pathsMayHaveAnyCharacter(String name) throws Exception {
        try (TestNode node = TestNode.create(root, name)) {
            node.token("a", 0);
            assertThat(read(node.file(), 10)).hasSize(1);
        }
    }

    @Test
    void nothingCanBeWritten() throws Exception {
        try (TestNode node = TestNode.create(root, "n"); NodeConnection connection = connect(node.file())) {
            assertThatThrownBy(() -> connection.prepare("DELETE FROM TokensTable").executeUpdate())
                    .hasMessageContaining("READONLY");
        }
    }

    @Test
    void aFileThatIsGoneIsNotMade() {
        Path file = root.resolve("n").resolve("rubix.db");
        assertThatThrownBy(() -> open(file, 10)).isInstanceOf(DatabaseProblemException.class);
        assertThat(file).doesNotExist();
    }

    @Test
    void aBusyDatabaseIsTriedAsOftenAsConfigured() throws Exception {
        List<Duration> pauses = new ArrayList<>();
        try (TestNode node = TestNode.create(root, "n")) {
            node.execute("BEGIN EXCLUSIVE");
            assertThatThrownBy(
                    () -> opener(new ReadingConfig(5, Duration.ZERO, Duration.ZERO, 4, 0, LONGEST_WAIT), pauses::add)
                            .open(node.file()))
                    .isInstanceOfSatisfying(DatabaseProblemException.class,
                            e -> assertThat(e.problem().describe()).contains("another process holds it"));
        }
        assertThat(pauses).hasSize(3);
    }

    static List<RawRow> read(Path file, int page) throws Exception {
        List<RawRow> rows = new ArrayList<>();
        try (TokenReader reader = open(file, page)) {
            for (RawRow row = reader.next(); row != null; row = reader.next()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static String plan(NodeConnection connection, String sql) throws Exception {
        StringBuilder plan = new StringBuilder();
        try (ResultSet steps = connection.prepare("EXPLAIN QUERY PLAN " + sql).executeQuery()) {
            while (steps.next()) {
                plan.append(steps.getString("detail")).append('\n');
            }
        }
        return plan.toString();
    }

    static TokenReader open(Path file, int page) throws Exception {
        return opener(new ReadingConfig(page, Duration.ofSeconds(10), LONGEST_WAIT, 1, 0, LONGEST_WAIT), _ -> {})
                .open(file);
    }

    static DatabaseOpener opener(ReadingConfig config, Sleeper sleeper) {
        return new DatabaseOpener(config, Path.of("copies-are-not-made-here"), TestWatch.create(),
                LateClock.create(), sleeper);
    }

    private static NodeConnection connect(Path file) throws Exception {
        return NodeConnection.open(file, ReadingConfig.DEFAULT, _ -> {});
    }
}
