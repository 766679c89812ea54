package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.session.AgentSeen;
import io.tokensync.common.session.EnrichCounts;
import io.tokensync.common.session.ProcessedDatabase;
import io.tokensync.common.session.SessionSummary;
import io.tokensync.common.session.SyncSession;
import io.tokensync.testkit.property.Property;
import io.tokensync.writer.expiry.OldRows;
import io.tokensync.writer.expiry.OldRows.Deleted;
import io.tokensync.writer.schema.Schema;
import io.tokensync.writer.session.SessionBatch;
import io.tokensync.writer.session.SessionWriter;
import io.tokensync.writer.session.Summaries;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every database must make of the monitor's session summaries: of each session and database the latest, whatever comes
 * when.
 */
abstract class AccountWriterContract {
    private static final int MOST = 30;

    private Database database;
    private SessionWriter writer;
    private Table table;

    /** An empty database of the test's own. */
    abstract SqlSettings settings();

    /** How many random cases. */
    abstract int runs();

    @BeforeEach
    void openDatabase() throws Exception {
        database = Database.open(settings(), 2);
        new Schema(database).migrate();
        writer = database.summaryWriter();
        table = new Table(database.dataSource());
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void theTablesHaveTheLatestWhateverTheOrderTheBatchesAndTheRepetitions() {
        SessionWriter other = database.summaryWriter();
        Property.forAll(runs(), gen -> {
            table.run("DELETE FROM dbo.SyncSessions", "DELETE FROM dbo.ProcessedDatabases");
            List<SessionSummary> summaries = gen.list(MOST, Summaries::any);
            List<SessionSummary> twice = new ArrayList<>(summaries);
            twice.addAll(summaries);
            for (List<SessionSummary> part : gen.cut(gen.shuffled(twice))) {
                (gen.flag() ? writer : other).write(SessionBatch.of(part));
            }
            SessionBatch latest = SessionBatch.of(summaries);
            assertThat(sessions()).containsExactlyElementsOf(latest.sessions().stream().map(this::line).toList());
            assertThat(databases()).containsExactlyElementsOf(latest.databases().stream().map(this::line).toList());
        });
    }

    @Test
    void everyColumnHasWhatTheSummarySays() throws Exception {
        writer.write(SessionBatch.of(List.of(Summaries.session(1, 5), Summaries.database(1, 2, 5))));
        assertThat(row("SELECT source_ip, start_time, end_time, total_databases_found, total_databases_processed,"
                + " total_records_processed, total_ipfs_success, total_ipfs_failures, total_sql_inserts,"
                + " total_sql_errors, total_validation_errors, status, scan_ended_at, last_moved_at,"
                + " total_records_published, total_records_rejected, total_sql_updates, total_sql_unchanged,"
                + " total_dead_lettered, records_in_flight, total_records_read, revision FROM dbo.SyncSessions"))
                .containsExactly(
                        "203.0.113.7", "2026-03-01 10:00:01.123456", "2026-03-01 10:01:00.123456", "3", "2", "94",
                        "80", "10", "70", "2", "4", "COMPLETED_WITH_ERRORS", "2026-03-01 10:00:50.123456",
                        "2026-03-01 10:00:05.123456", "92", "2", "10", "6", "2", "4", "500", "5");
        assertThat(row("SELECT error_summary FROM dbo.SyncSessions").getFirst())
                .contains("\"sql_rejected\":2", "\"timeout\":10", "/n/Ω/rubix.db", "it's \\\"broken\\\"");
        assertThat(row("SELECT source_ip, db_path, last_modified, last_processed, record_count, ipfs_success_count,"
                + " ipfs_fail_count, validation_error_count, processing_duration_seconds, node_name, status,"
                + " scan_started_at, records_published, records_in_flight, revision FROM dbo.ProcessedDatabases"))
                .containsExactly("203.0.113.7", "/srv/node2/Rubix/rubix.db", "2026-03-01 09:58:21.123456",
                        "2026-03-01 10:00:15.123456", "50", "5", "1", "0", "5.0", "node2", "COMPLETED_WITH_ERRORS",
                        "2026-03-01 10:00:10.123456", "5", "0", "5");
    }

    @Test
    void rowsOfThePythonToolAreGoneOnFrom() throws Exception {
        table.run(
                "INSERT INTO dbo.SyncSessions (session_id, source_ip) VALUES ('" + Summaries.id(1)
                        + "', '203.0.113.7')",
                "INSERT INTO dbo.ProcessedDatabases (source_ip, db_path, last_modified, last_processed)"
                        + " VALUES ('203.0.113.7', '" + Summaries.path(1) + "', '2025-01-01', '2025-01-02')");
        writer.write(SessionBatch.of(List.of(Summaries.session(1, 1), Summaries.database(1, 1, 2))));
        assertThat(sessions()).containsExactly(line(Summaries.session(1, 1)));
        assertThat(databases()).containsExactly(line(Summaries.database(1, 1, 2)));
    }

    @Test
    void theErrorSummaryIsEmptyWhenThereIsNothingToSay() throws Exception {
        SyncSession clean = Summaries.session(6, 5);
        writer.write(SessionBatch.of(List.of(new SyncSession(clean.sessionId(), clean.sourceIp(), 1, clean.status(),
                clean.startedAt(), null, clean.movedAt(), null, clean.databases(), clean.scan(),
                EnrichCounts.NONE, clean.written(), clean.scanSpan(), clean.enrichSpan(),
                clean.writeSpan(), clean.inFlight(), List.of(), true))));
        assertThat(row("SELECT error_summary FROM dbo.SyncSessions")).containsExactly((String) null);
    }

    /** A replay makes session summaries of what is left of a session; they are later than the good ones, and have less. */
    @Test
    void anSummaryWithoutItsAnnouncementReplacesNoneThatHasIt() throws Exception {
        writer.write(SessionBatch.of(List.of(Summaries.session(1, 5), Summaries.database(1, 2, 5))));
        writer.write(SessionBatch.of(List.of(Summaries.session(1, 6), Summaries.database(1, 2, 6))));
        assertThat(sessions()).containsExactly(line(Summaries.session(1, 5)));
        assertThat(databases()).containsExactly(line(Summaries.database(1, 2, 5)));
        assertThat(row("SELECT end_time FROM dbo.SyncSessions")).doesNotContainNull();
    }

    @Test
    void aLookOfAnAgentMovesItsDatabasesExceptThoseThatHaveAProblem() throws Exception {
        table.run("INSERT INTO dbo.ProcessedDatabases (source_ip, db_path, last_modified, last_processed)"
                + " VALUES ('203.0.113.7', '/of/the/python/tool.db', '2025-01-01', '2025-01-02')");
        writer.write(SessionBatch.of(List.of(Summaries.database(1, 1, 5), Summaries.database(1, 2, 5))));
        writer.write(looks(Summaries.agent(Duration.ofHours(2), Summaries.problem(2))));
        assertThat(lookedAt()).containsExactly("/of/the/python/tool.db|2025-01-02|null",
                Summaries.path(1) + "|2026-03-01 12:00|null",
                Summaries.path(2) + "|2026-03-01 10:00|database_corrupt: it's malformed");
        assertThat(rows("SELECT problem_since FROM dbo.ProcessedDatabases WHERE problem IS NOT NULL"))
                .containsExactly(List.of("2026-03-01 10:00:00.123456"));
        writer.write(looks(Summaries.agent(Duration.ofHours(1))));
        assertThat(lookedAt()).as("an older look").contains(Summaries.path(1) + "|2026-03-01 12:00|null",
                Summaries.path(2) + "|2026-03-01 10:00|database_corrupt: it's malformed");
        writer.write(SessionBatch.of(List.of(Summaries.database(1, 1, 7))));
        writer.write(looks(Summaries.agent(Duration.ofHours(3))));
        assertThat(lookedAt()).contains(Summaries.path(1) + "|2026-03-01 13:00|null",
                Summaries.path(2) + "|2026-03-01 13:00|null");
    }

    @Test
    void aLateSummaryDoesNotSetALookBack() throws Exception {
        writer.write(SessionBatch.of(List.of(Summaries.database(1, 1, 5))));
        writer.write(looks(Summaries.agent(Duration.ofHours(2))));
        writer.write(SessionBatch.of(List.of(Summaries.database(1, 1, 7))));
        assertThat(databases()).containsExactly(line(Summaries.database(1, 1, 7)));
        assertThat(lookedAt()).containsExactly(Summaries.path(1) + "|2026-03-01 12:00|null");
    }

    @Test
    void onlySessionsThatEndedLongAgoAreDeletedAFewAtATime() throws Exception {
        table.run("INSERT INTO dbo.SyncSessions (source_ip) VALUES ('203.0.113.7')");
        for (int i = 1; i <= 600; i++) {
            table.run("INSERT INTO dbo.SyncSessions (session_id, source_ip, end_time) VALUES ('" + Summaries.id(i)
                    + "', '203.0.113.7', '2026-0" + (i <= 510 ? 1 : 3) + "-01')");
        }
        Instant february = Instant.parse("2026-02-01T00:00:00Z");
        OldRows ended = database.endedSessions();
        assertThat(ended.deleteSome(february)).isEqualTo(new Deleted(500, false));
        assertThat(ended.deleteSome(february)).isEqualTo(new Deleted(10, false));
        assertThat(ended.deleteSome(february)).isEqualTo(new Deleted(0, true));
        assertThat(row("SELECT COUNT(*) FROM dbo.SyncSessions")).containsExactly("91");
    }

    private static SessionBatch looks(AgentSeen agent) {
        return SessionBatch.of(List.of(agent));
    }

    private List<String> lookedAt() throws Exception {
        return rows("SELECT db_path, last_processed, problem FROM dbo.ProcessedDatabases ORDER BY db_path").stream()
                .map(row -> row.getFirst() + "|" + row.get(1).replaceAll("(:00|:1\\d)(\\.\\d*)?$", "")
                        .replace(" 00:00", "") + "|" + row.get(2))
                .toList();
    }

    private String line(SyncSession session) {
        return session.sessionId() + " " + session.revision() + " " + session.status() + " "
                + session.scan().processed();
    }

    private String line(ProcessedDatabase of) {
        return of.dbPath() + " " + of.sessionId() + " " + of.revision() + " " + of.scan().read();
    }

    private List<String> sessions() throws Exception {
        return lines("SELECT session_id, revision, status, total_records_processed FROM dbo.SyncSessions"
                + " ORDER BY session_id");
    }

    private List<String> databases() throws Exception {
        return lines("SELECT db_path, session_id, revision, record_count FROM dbo.ProcessedDatabases ORDER BY db_path");
    }

    private List<String> lines(String sql) throws Exception {
        return rows(sql).stream().map(row -> String.join(" ", row)).toList();
    }

    private List<String> row(String sql) throws Exception {
        List<List<String>> rows = rows(sql);
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    private List<List<String>> rows(String sql) throws Exception {
        List<List<String>> rows = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(text(result, column));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** As people see it; ids in small dead letters and times without the zeros that drivers show differently. */
    private static String text(ResultSet result, int column) throws Exception {
        String value = result.getString(column);
        if (value == null) {
            return null;
        }
        String name = result.getMetaData().getColumnName(column);
        if (name.equalsIgnoreCase("session_id")) {
            return value.toLowerCase(Locale.ROOT);
        }
        return value.matches("\\d{4}-\\d\\d-\\d\\d .*\\.\\d{6}0*") ? value.replaceAll("(\\.\\d{6})0*$", "$1") : value;
    }
}
