package io.tokensync.writer.schema;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.model.NodeGeneration;
import io.tokensync.common.model.TokenStatus;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.Table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Tables of the Python tool, with all its defects, become tables of ours; on each database product. */
abstract class LegacyMigrationContract {
    static final int MANY = 1 << 16;
    private static final Schema.Progress SILENT = (_, _) -> {};

    private Database database;
    private Schema schema;
    private Table table;

    abstract SqlSettings settings();

    @BeforeEach
    void makeOldTables() throws Exception {
        database = Database.open(settings(), 1);
        schema = new Schema(database);
        table = new Table(database.dataSource());
        PythonDatabase.create(table, database.dialect());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void duplicatesAreMergedMarkersCleanedAndTheDataKept() throws Exception {
        old("n1", "Qa", "'0'", "'2026-01-01'", "'rac a'", 1, "NULL", "2026-02-01");
        old("n1", "Qa", "'4'", "'2026-01-02'", "NULL", 0, "'IPFS timeout'", "2026-02-02");
        old("n1", "Qa", "'essential_only'", "'2026-01-03'", "NULL", 0, "'essential_capture_only'", "2026-02-03");
        old("n1", "QA", "'9'", "NULL", "NULL", 1, "NULL", "2026-02-01");
        old("n2", "Qa", "'c not found'", "NULL", "NULL", 0, "'essential_capture_only'", "2026-02-01");
        old("n2", "c not found", "'0'", "NULL", "'x'", 1, "NULL", "2026-02-01");
        old("n2", null, "'0'", "NULL", "'x'", 1, "NULL", "2026-02-01");
        assertThat(schema.migrate(SILENT)).isPositive();

        assertThat(schema.missing()).isEmpty();
        assertThat(rows("token_status")).containsExactlyInAnyOrder("n1/Qa=4", "n1/QA=9", "n2/Qa=null");
        assertThat(rows("status_name")).containsExactlyInAnyOrder("n1/Qa=transferred", "n1/QA=burnt", "n2/Qa=null");
        assertThat(rows("node_generation")).allMatch(row -> row.endsWith("=sqlite"));
        assertThat(rows("transaction_check")).hasSize(3).allMatch(row -> row.endsWith("=null"));
        assertThat(rows("ipfs_data")).containsExactlyInAnyOrder("n1/Qa=rac a", "n1/QA=null", "n2/Qa=null");
        assertThat(rows("ipfs_fetched")).containsExactlyInAnyOrder("n1/Qa=true", "n1/QA=false", "n2/Qa=false");
        assertThat(rows("ipfs_error")).containsExactlyInAnyOrder("n1/Qa=null", "n1/QA=null", "n2/Qa=null");
        assertThat(rows("ipfs_source")).contains("n1/Qa=python tool", "n1/QA=null");
        assertThat(count("dbo.TokenRecords WHERE did IS NULL AND parent_token_id IS NULL")).isEqualTo(3);
        assertThat(count("dbo.TokenRecords_python")).isEqualTo(7);
        assertThat(schema.migrate(SILENT)).isZero();
    }

    @Test
    void statusesHaveTheNamesThatTheScannerGivesThem() throws Exception {
        for (TokenStatus status : TokenStatus.values()) {
            String code = status.code(NodeGeneration.SQLITE).orElse("unheard of");
            old("n1", status.name(), "'" + code + "'", "NULL", "NULL", 0, "NULL", "2026-02-01");
        }
        schema.migrate(SILENT);
        assertThat(rows("status_name")).containsExactlyInAnyOrderElementsOf(Arrays.stream(TokenStatus.values())
                .map(status -> "n1/" + status + "="
                        + status.code(NodeGeneration.SQLITE).map(_ -> status.text()).orElse(null))
                .toList());
    }

    @Test
    void theOtherTablesAreTakenOverToo() throws Exception {
        old("n1", "Qa", "'0'", "NULL", "NULL", 0, "NULL", "2026-02-01");
        table.run("INSERT INTO dbo.ProcessedDatabases (db_path, last_modified, last_processed, record_count) VALUES"
                + " ('/data/n1', '2026-01-01', '2026-01-02', 1), ('/data/unknown', '2026-01-01', '2026-01-02', 5)",
                "INSERT INTO dbo.SyncSessions (session_id, start_time, source_ip, status) VALUES"
                        + " ('11111111-1111-1111-1111-111111111111', '2026-01-01', '1.2.3.4', 'RUNNING'),"
                        + " ('22222222-2222-2222-2222-222222222222', '2026-01-02', '1.2.3.4', 'COMPLETED')");
        schema.migrate(SILENT);
        assertThat(table.query("SELECT source_ip FROM dbo.ProcessedDatabases")).containsExactly("1.2.3.4");
        assertThat(table.query("SELECT status FROM dbo.SyncSessions ORDER BY start_time")).containsExactly(
                "INTERRUPTED",
                "COMPLETED");
        assertThat(count("dbo.ProcessedDatabases_python")).isEqualTo(2);
    }

    @Test
    void aDryRunSaysWhatWouldBeDoneAndDoesNothing() throws Exception {
        old("n1", "Qa", "'0'", "NULL", "'x'", 1, "NULL", "2026-02-01");
        old("n1", "Qa", "'essential_only'", "NULL", "NULL", 0, "NULL", "2026-02-02");
        old("n1", null, "'c not found'", "NULL", "NULL", 0, "NULL", "2026-02-02");
        List<String> plan = schema.plan();
        assertThat(plan).anyMatch(line -> line.startsWith("3 rows") && line.endsWith("become 1"))
                .anyMatch(line -> line.contains("1 duplicates"))
                .anyMatch(line -> line.contains("1 rows without a token id"))
                .anyMatch(line -> line.contains("source_ip 1.2.3.4: 3 rows"))
                .anyMatch(line -> line.equals("run R__1_vw_Tokens.sql")).noneMatch(line -> line.contains("run V001"));
        assertThat(count("dbo.TokenRecords")).isEqualTo(3);
        assertThat(schema.plan()).isEqualTo(plan);
        schema.migrate(SILENT);
        assertThat(schema.plan()).isEmpty();
    }

    @Test
    void whoDoesNotAskForItIsToldHow() throws Exception {
        assertThatThrownBy(schema::migrate).isInstanceOf(SqlFailure.class).hasMessageContaining("--dry-run");
        assertThat(count("dbo.TokenRecords")).isEqualTo(0);
    }

    /** Wherever it ends, the old table or the whole new one is what readers see, and the next run finishes. */
    @Test
    void anEndInTheMiddleIsGoneOnFrom() throws Exception {
        for (int i = 0; i < 50; i++) {
            old("n" + i % 3, "Q" + i / 2, "'0'", "NULL", "'c'", 1, "NULL", "2026-02-01");
        }
        for (int steps = 0;; steps++) {
            Interrupting progress = new Interrupting(steps);
            Throwable end = catchThrowable(() -> schema.migrate(progress));
            if (end == null) {
                break;
            }
            assertThat(end).isInstanceOf(IllegalStateException.class);
            assertThat(count("dbo.TokenRecords")).isEqualTo(50);
        }
        assertThat(schema.missing()).isEmpty();
        assertThat(rows("token_status")).hasSize(50);
    }

    /** Three pages; killed behind the first, and gone on from there. */
    @Test
    void manyRowsAreCopiedInPagesAndEachOnce() throws Exception {
        PythonDatabase.fill(table, MANY);
        long ids = ((Number) table.query("SELECT COUNT(DISTINCT token_id) FROM dbo.TokenRecords").getFirst())
                .longValue();
        assertThat(schema.plan()).first().asString()
                .isEqualTo(String.format(Locale.ROOT, "%,d rows of the Python tool's dbo.TokenRecords become %,d", MANY,
                        ids));
        List<Long> copied = new ArrayList<>();
        Interrupting progress = new Interrupting(1);
        assertThat(catchThrowable(() -> schema.migrate(progress))).isNotNull();
        long begin = System.nanoTime();
        schema.migrate((rows, _) -> copied.add(rows));
        System.out.printf(Locale.ROOT, "%s: %,d rows taken over behind the first page in %,d ms%n",
                getClass().getSimpleName(), MANY, (System.nanoTime() - begin) / 1_000_000);

        assertThat(copied).hasSize(3).doesNotHaveDuplicates().isSorted().endsWith(ids);
        assertThat(copied.getFirst()).as("what the killed run had copied").isPositive();
        assertThat(count("dbo.TokenRecords")).isEqualTo(ids);
        assertThat(count("dbo.TokenRecords_python")).isEqualTo(MANY);
        assertThat(count("dbo.TokenRecords WHERE token_status = 'essential_only'")).isZero();
        assertThat(count("dbo.TokenRecords WHERE ipfs_fetched = 1 AND ipfs_data = 'content'")).isEqualTo(ids);
    }

    @Test
    void namesThatHaveChangedInPartAreFinished() throws Exception {
        old("n1", "Qa", "'0'", "NULL", "'x'", 1, "NULL", "2026-02-01");
        assertThat(catchThrowable(() -> schema.migrate(new Interrupting(1)))).isNotNull();
        PythonDatabase.rename(table, database.dialect(), "TokenRecords", "TokenRecords_python");
        assertThat(schema.plan()).first().asString().contains("left to do are names");
        schema.migrate(SILENT);
        assertThat(schema.missing()).isEmpty();
        assertThat(rows("token_status")).containsExactly("n1/Qa=0");
    }

    @Test
    void anOldToolThatIsStillRunningIsNoticed() throws Exception {
        old("n1", "Qa", "'0'", "NULL", "'x'", 1, "NULL", "2026-02-01");
        assertThat(catchThrowable(() -> schema.migrate(new Interrupting(1)))).isNotNull();
        old("n1", "Qb", "'0'", "NULL", "'x'", 1, "NULL", "2026-02-01");
        assertThatThrownBy(() -> schema.migrate(SILENT)).hasMessageContaining("stop the Python tool");
        schema.migrate(SILENT);
        assertThat(rows("token_status")).hasSize(2);
    }

    /** Ends the copy at a report of progress, as a kill would. */
    private static final class Interrupting implements Schema.Progress {
        private final int after;
        private int reports;

        Interrupting(int after) {
            this.after = after;
        }

        @Override
        public void copied(long rows, long of) {
            if (reports++ == after) {
                throw new IllegalStateException("ended by the test");
            }
        }
    }

    private long count(String from) throws SQLException {
        Number count = (Number) table.query("SELECT COUNT(*) FROM " + from).getFirst();
        return count.longValue();
    }

    private void old(String node, String token, String status, String updated, String data, int fetched, String error,
            String synced) throws SQLException {
        PythonDatabase.insert(table, node, token, status, updated, data, fetched, error, synced);
    }

    private List<String> rows(String column) throws SQLException {
        List<String> rows = new ArrayList<>();
        table.rows().forEach((key, row) -> rows.add(key.nodeName() + "/" + key.tokenId() + "=" + value(row, column)));
        return rows;
    }

    private static Object value(Map<String, Object> row, String column) {
        return row.get(column);
    }
}
