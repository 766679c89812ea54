package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.jdbc.SqlTimes;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.testkit.property.Property;
import io.tokensync.writer.batch.BatchWriter;
import io.tokensync.writer.batch.Records;
import io.tokensync.writer.expiry.OldRows;
import io.tokensync.writer.schema.AsOf;
import io.tokensync.writer.schema.Schema;

import static io.tokensync.writer.batch.Records.batch;
import static io.tokensync.writer.batch.Records.delete;
import static io.tokensync.writer.batch.Records.upsert;
import static org.assertj.core.api.Assertions.assertThat;

/** What the table said at a time is what it said then. */
abstract class AsOfContract {
    private static final Instant BEGIN = Instant.parse("2020-01-01T00:00:00Z");
    private static final String COLUMNS = "source_ip, node_name, node_generation, token_id, did, token_status, status_name,"
            + " token_kind, token_value, parent_token_id, created_at, updated_at, CAST(is_deleted AS INT) AS is_deleted,"
            + " deleted_at, token_state_hash, transaction_id";

    private Database database;
    private BatchWriter writer;
    private Table table;

    /** An empty database of the test's own. */
    abstract SqlSettings settings();

    /** How many random cases. */
    abstract int runs();

    @BeforeEach
    void openDatabase() throws Exception {
        database = Database.open(settings(), 2);
        new Schema(database).migrate();
        writer = database.batchWriter();
        table = new Table(database.dataSource());
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void theTableAsItWasIsWhatItSaidThen() {
        Property.forAll(runs(), gen -> {
            table.run("DELETE FROM dbo.TokenRecords", "DELETE FROM dbo.TokenHistory");
            List<List<String>> said = new ArrayList<>();
            List<TokenRecord> records = gen.list(30, Records::any);
            for (List<TokenRecord> part : gen.cut(records)) {
                writer.write(batch(part));
                observedAt(said.size());
                said.add(rows("SELECT " + COLUMNS + " FROM dbo.vw_Tokens"));
            }
            IntStream.range(0, said.size()).forEach(i -> assertThat(asOf(moment(i), "")).isEqualTo(said.get(i)));
            assertThat(asOf(BEGIN.minusSeconds(1), "")).isEmpty();
        });
    }

    /** And no more is left than that needs: of each row that was old the newest, and a deletion that is newer than another. */
    @Test
    void whatIsDeletedIsNotNeededForAnyLaterTime() {
        Property.forAll(runs(), gen -> {
            table.run("DELETE FROM dbo.TokenRecords", "DELETE FROM dbo.TokenHistory");
            List<List<String>> said = new ArrayList<>();
            for (List<TokenRecord> part : gen.cut(gen.list(30, Records::any))) {
                writer.write(batch(part));
                observedAt(said.size());
                said.add(rows("SELECT " + COLUMNS + " FROM dbo.vw_Tokens"));
            }
            int step = gen.integer(0, said.size());
            prune(moment(step));
            IntStream.range(Math.max(0, step - 1), said.size())
                    .forEach(i -> assertThat(asOf(moment(i), "")).as("step %d", i).isEqualTo(said.get(i)));
            assertThat(rows("SELECT token_id, node_name FROM dbo.TokenHistory WHERE observed_at < '"
                    + text(moment(step)) + "' GROUP BY source_ip, node_name, token_id, CASE WHEN deleted_at IS NULL"
                    + " THEN 0 ELSE 1 END HAVING COUNT(*) > 1")).isEmpty();
            assertThat(rows("SELECT " + COLUMNS + " FROM dbo.vw_Tokens"))
                    .isEqualTo(said.isEmpty() ? List.of() : said.getLast());
        });
    }

    private void prune(Instant before) throws Exception {
        OldRows versions = database.oldVersions();
        boolean last = false;
        while (!last) {
            last = versions.deleteSome(before).isLast();
        }
    }

    /** As a replay into a new table does: what comes late is known from then on, and not before. */
    @Test
    void theTimeIsTheOneAtWhichTheTableLearnedOfIt() throws Exception {
        writer.write(batch(upsert("a", 5, "new"), upsert("b", 1, "x")));
        observedAt(0);
        writer.write(batch(upsert("a", 4, "old"), delete("b", 2)));
        observedAt(1);
        assertThat(dids(0)).containsExactly("new", "x");
        assertThat(dids(1)).containsExactly("new");
        assertThat(dids(-1)).isEmpty();
    }

    @Test
    void aQueryWithTablesOfItsOwnAsksTheSameTable() throws Exception {
        writer.write(batch(upsert("a", 1, "x"), upsert("b", 1, "y")));
        observedAt(0);
        String query = "-- of x\n with w AS (SELECT did FROM TokensAsOf WHERE did <> 'y') SELECT w.did FROM w";
        assertThat(rows(AsOf.query(database.dialect(), moment(0), query))).containsExactly("DID=x ");
        assertThat(rows(AsOf.query(database.dialect(), moment(0),
                "/* all */ SELECT COUNT(*) AS n FROM TokensAsOf AS t WHERE t.token_id IN ('a', 'b')")))
                .containsExactly("N=2 ");
    }

    private List<String> dids(int step) throws SQLException {
        return asOf(moment(step), " WHERE is_deleted = 0 ORDER BY did").stream()
                .map(row -> row.replaceAll("(?s).* DID=(.*?) TOKEN_STATUS.*", "$1")).toList();
    }

    private List<String> asOf(Instant at, String condition) {
        try {
            return rows(AsOf.query(database.dialect(), at, "SELECT " + COLUMNS + " FROM TokensAsOf" + condition));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static Instant moment(int step) {
        return BEGIN.plusSeconds(step);
    }

    /** What was written since the last step was observed at this one. */
    private void observedAt(int step) throws SQLException {
        table.run("UPDATE dbo.TokenHistory SET observed_at = '"
                + text(moment(step)) + "' WHERE observed_at > '2021-01-01'");
    }

    private static String text(Instant at) {
        return SqlTimes.text(LocalDateTime.ofInstant(at, ZoneOffset.UTC));
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        Dialect dialect = database.dialect();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(dialect.translated(sql))) {
            while (rows.next()) {
                texts.add(row(rows));
            }
        }
        texts.sort(null);
        return texts;
    }

    private static String row(ResultSet row) throws SQLException {
        StringBuilder text = new StringBuilder();
        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
            String value = row.getString(column);
            text.append(row.getMetaData().getColumnLabel(column).toUpperCase(Locale.ROOT)).append('=')
                    .append(value).append(' ');
        }
        return text.toString();
    }
}
