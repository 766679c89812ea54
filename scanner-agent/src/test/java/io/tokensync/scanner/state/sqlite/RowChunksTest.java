package io.tokensync.scanner.state.sqlite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.scanner.fixture.LateClock;
import io.tokensync.scanner.state.CorruptStateException;
import io.tokensync.scanner.state.DatabaseStore;
import io.tokensync.scanner.state.PublishedKey;
import io.tokensync.scanner.state.PublishedRow;
import io.tokensync.scanner.state.StateChanges;
import io.tokensync.scanner.state.StateStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How the published rows lie in the file, and what of a damaged one is noticed. */
class RowChunksTest {
    private static final int PAGE = 2_000;
    private static final int ROWS = 10_000;
    private static final int ROWS_PER_CHUNK = 64;
    /** Numbers of the databases in the state. */
    private static final long DATABASE = 1;
    private static final long OTHER = 2;

    @TempDir
    Path directory;
    private StateDirectory home;
    private StateStore state;
    private Connection file;
    private DatabaseStore database;

    @BeforeEach
    void open() throws SQLException {
        home = StateDirectory.take(directory, LateClock.create());
        state = home.open();
        database = state.database("n", "/n");
        file = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(StateDirectory.FILE));
        execute("PRAGMA synchronous = OFF");
    }

    @AfterEach
    void close() throws SQLException {
        file.close();
        state.close();
        home.close();
    }

    @Test
    void rowsThatComeInOrderFillChunksOfAPage() throws Exception {
        publish(0, ROWS, _ -> true, 1);
        assertThat(count("SELECT count(*) FROM chunk")).isLessThanOrEqualTo(ROWS / ROWS_PER_CHUNK + 1);
        assertThat(database.rowCount()).isEqualTo(ROWS);
        execute("PRAGMA wal_checkpoint(TRUNCATE)");
        assertThat(Files.size(directory.resolve(StateDirectory.FILE)) / ROWS).isLessThan(70);
    }

    @Test
    void scatteredChangesTouchTheirChunksAlone() throws Exception {
        publish(0, ROWS, _ -> true, 1);
        Set<String> before = chunks();
        publish(0, ROWS, i -> i % 1_000 == 500, 2);
        assertThat(changed(before)).isEqualTo(10);
    }

    @Test
    void aPageOfTheSameTouchesNothing() throws Exception {
        publish(0, ROWS, _ -> true, 1);
        Set<String> before = chunks();
        publish(3_000, 4_000, _ -> true, 1);
        assertThat(changed(before)).isZero();
    }

    @Test
    void allRowsInARandomOrderTakeNoMoreThanTwiceTheChunks() throws Exception {
        publish(0, ROWS, i -> i % 7 == 0, 1);
        for (int rest = 1; rest < 7; rest++) {
            int here = rest;
            publish(0, ROWS, i -> i % 7 == here * 3 % 7, 1);
        }
        assertThat(database.rowCount()).isEqualTo(ROWS);
        assertThat(count("SELECT count(*) FROM chunk")).isLessThan(2 * ROWS / ROWS_PER_CHUNK);
    }

    @Test
    void theFewRowsThatAMassDeletionLeavesComeTogether() throws Exception {
        publish(0, ROWS, _ -> true, 1);
        List<PublishedKey> gone = IntStream.range(0, ROWS).filter(i -> i % 50 != 0).mapToObj(RowChunksTest::key)
                .toList();
        for (int from = 0; from < gone.size(); from += 490) {
            database.apply(0,
                    new StateChanges(List.of(), gone.subList(from, Math.min(from + 490, gone.size())), List.of()));
        }
        assertThat(database.rowsAfter(PublishedKey.FIRST, ROWS)).hasSize(ROWS / 50);
        assertThat(count("SELECT count(*) FROM chunk")).isLessThanOrEqualTo(5 * (ROWS / 50) / ROWS_PER_CHUNK);
    }

    @Test
    void everyChangedByteOfAChunkIsNoticed() throws Exception {
        publish(0, 300, _ -> true, 1);
        List<PublishedRow> rows = database.rowsAfter(PublishedKey.FIRST, ROWS);
        byte[] data = data(2);
        for (int at = 0; at < data.length; at++) {
            byte[] damaged = data.clone();
            damaged[at] ^= (byte) (1 + at % 255);
            write(2, damaged);
            assertNoticed();
        }
        write(2, data);
        assertThat(database.rowsAfter(PublishedKey.FIRST, ROWS)).isEqualTo(rows);
    }

    @Test
    void aChunkThatIsCutShortOrGoneIsNoticed() throws Exception {
        publish(0, 300, _ -> true, 1);
        byte[] data = data(2);
        for (int length = 0; length < data.length; length++) {
            write(2, Arrays.copyOf(data, length));
            assertNoticed();
        }
        execute("UPDATE chunk SET data = 'text' WHERE id = 2");
        assertNoticed();
    }

    @Test
    void aChunkInTheWrongPlaceIsNoticed() throws Exception {
        publish(0, 300, _ -> true, 1);
        DatabaseStore other = state.database("other", "/other");
        for (String damage : List.of("UPDATE chunk SET place = CAST(place || 'x' AS BLOB) WHERE id = 2",
                "UPDATE chunk SET place = x'000000000000000000' WHERE id = 2",
                "UPDATE chunk SET place = CAST(place AS TEXT) WHERE id = 2",
                "UPDATE chunk SET rows = rows - 1 WHERE id = 2",
                "UPDATE chunk SET checksum = checksum + 1 WHERE id = 2",
                "UPDATE chunk SET data = (SELECT data FROM chunk WHERE id = 3),"
                        + " checksum = (SELECT checksum FROM chunk WHERE id = 3) WHERE id = 2",
                "INSERT INTO chunk SELECT 99, database, place, rows + 1, checksum, data FROM chunk WHERE id = 2")) {
            execute("CREATE TABLE kept AS SELECT * FROM chunk");
            execute(damage);
            assertNoticed();
            execute("DELETE FROM chunk");
            execute("INSERT INTO chunk SELECT * FROM kept");
            execute("DROP TABLE kept");
            assertThat(database.rowsAfter(PublishedKey.FIRST, ROWS)).hasSize(300);
        }
        execute("UPDATE chunk SET database = " + OTHER + " WHERE id = 2");
        assertThatThrownBy(() -> other.rowsAfter(PublishedKey.FIRST, 1))
                .isInstanceOf(CorruptStateException.class);
    }

    @Test
    void aChunkThatReachesIntoTheNextIsNoticed() throws Exception {
        publish(0, 300, _ -> true, 1);
        List<PublishedRow> rows = new ArrayList<>(database.rowsAfter(PublishedKey.FIRST, 60));
        rows.add(new PublishedRow(key(299), 1, 1));
        byte[] data = RowChunk.write(rows);
        execute("UPDATE chunk SET rows = 61, checksum = " + RowChunk.checksum(DATABASE, data) + " WHERE id = 1");
        write(1, data);
        assertNoticed();
        assertThatThrownBy(() -> publish(0, 1, _ -> true, 3)).isInstanceOf(CorruptStateException.class);
    }

    @Test
    void damageIsNoticedBeforeItIsWrittenAgain() throws Exception {
        publish(0, 300, _ -> true, 1);
        byte[] data = data(1);
        data[10] ^= 1;
        write(1, data);
        assertThatThrownBy(() -> publish(0, 1, _ -> true, 2)).isInstanceOf(CorruptStateException.class);
    }

    private void assertNoticed() {
        assertThatThrownBy(() -> database.rowsAfter(PublishedKey.FIRST, ROWS))
                .isInstanceOf(CorruptStateException.class);
    }

    /** Publishes rows of these numbers, a page at a time. */
    private void publish(int from, int to, IntPredicate which, long hash) {
        List<PublishedRow> rows = IntStream.range(from, to).filter(which)
                .mapToObj(i -> new PublishedRow(key(i), hash, 1_700_000_000_000_000L + i)).toList();
        for (int page = 0; page < rows.size(); page += PAGE) {
            database.apply(0, new StateChanges(rows.subList(page, Math.min(page + PAGE, rows.size())),
                    List.of(), List.of()));
        }
    }

    /** With an id as long as a CID. */
    private static PublishedKey key(int number) {
        return new PublishedKey(0, number + 1L, "Qm" + "%05d".formatted(number) + "x".repeat(39));
    }

    private int changed(Set<String> before) throws SQLException {
        Set<String> now = chunks();
        now.removeAll(before);
        return now.size();
    }

    private Set<String> chunks() throws SQLException {
        Set<String> chunks = new HashSet<>();
        try (ResultSet rows = file.createStatement().executeQuery("SELECT id || ' ' || checksum FROM chunk")) {
            while (rows.next()) {
                chunks.add(rows.getString(1));
            }
        }
        return chunks;
    }

    private long count(String query) throws SQLException {
        try (ResultSet row = file.createStatement().executeQuery(query)) {
            return row.getLong(1);
        }
    }

    private byte[] data(int chunk) throws SQLException {
        try (ResultSet row = file.createStatement().executeQuery("SELECT data FROM chunk WHERE id = " + chunk)) {
            return row.getBytes(1);
        }
    }

    private void write(int chunk, byte[] data) throws SQLException {
        try (PreparedStatement update = file.prepareStatement("UPDATE chunk SET data = ? WHERE id = ?")) {
            update.setBytes(1, data);
            update.setInt(2, chunk);
            update.executeUpdate();
        }
    }

    private void execute(String statement) throws SQLException {
        try (var one = file.createStatement()) {
            one.execute(statement);
        }
    }
}
