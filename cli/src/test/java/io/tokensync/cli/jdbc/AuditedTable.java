package io.tokensync.cli.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.monitor.audit.AuditAnswers;
import io.tokensync.monitor.audit.AuditException;
import io.tokensync.monitor.audit.Finding;
import io.tokensync.monitor.audit.FindingKind;
import io.tokensync.monitor.audit.Rows;
import io.tokensync.monitor.audit.jdbc.AuditDatabase;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;

import static org.assertj.core.api.Assertions.assertThat;

/** The tables as the writer leaves them behind: what a row was last, and what it was before. */
final class AuditedTable implements AutoCloseable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS0000")
            .withZone(ZoneOffset.UTC);

    private final SqlSettings settings;
    private final Database database;

    AuditedTable(SqlSettings settings) throws Exception {
        this.settings = settings;
        database = Database.open(settings, 1);
        new Schema(database).migrate();
    }

    /** Writes readings, each later than the one before it of its row. */
    void read(Reading... readings) throws SQLException {
        for (Reading reading : readings) {
            Map<String, String> version = new TreeMap<>(reading.columns());
            version.remove("ipfs_info");
            version.remove("transaction_initiator");
            history(reading, version);
            Map<String, String> row = new TreeMap<>(reading.columns());
            row.put("db_path", "/data/" + reading.get("node_name"));
            row.put("synced_at", TIME.format(reading.at()));
            row.put("record_version", Long.toString(reading.version()));
            run("DELETE FROM dbo.TokenRecords WHERE " + key(reading));
            run(insert("TokenRecords", row));
        }
    }

    /** The row of this reading is gone from its node. */
    void remove(Reading reading) throws SQLException {
        Map<String, String> gone = new TreeMap<>();
        for (String column : List.of("source_ip", "node_name", "token_id", "session_id")) {
            gone.put(column, reading.get(column));
        }
        gone.put("deleted_at", TIME.format(reading.at()));
        history(reading, gone);
        run("UPDATE dbo.TokenRecords SET deleted_version = " + reading.version() + " WHERE " + key(reading));
    }

    private void history(Reading reading, Map<String, String> version) throws SQLException {
        version.put("record_version", Long.toString(reading.version()));
        version.put("row_hash", version.containsKey("deleted_at") ? "8" : "7");
        version.put("observed_at", TIME.format(reading.at()));
        run(insert("TokenHistory", version));
    }

    private static String key(Reading reading) {
        return List.of("source_ip", "node_name", "token_id").stream()
                .map(column -> column + " = '" + reading.get(column) + "'").collect(Collectors.joining(" AND "));
    }

    private static String insert(String table, Map<String, String> row) {
        List<String> columns = new ArrayList<>(row.keySet());
        return "INSERT INTO dbo." + table + " (" + String.join(", ", columns) + ") VALUES ("
                + columns.stream().map(column -> literal(row.get(column))).collect(Collectors.joining(", ")) + ")";
    }

    private static String literal(String value) {
        return value == null ? "NULL" : value.matches("\\d{1,19}") ? value : "'" + value.replace("'", "''") + "'";
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    Finding find(FindingKind kind) throws AuditException {
        return find(List.of(kind)).getFirst();
    }

    List<Finding> find(List<FindingKind> kinds) throws AuditException {
        AuditAnswers answers = new AuditDatabase(settings, Duration.ofHours(24), Clock.systemUTC()).find(kinds,
                Rows.first(100));
        assertThat(answers.unanswered()).isEmpty();
        return answers.findings();
    }

    /** Which of these kinds are found. */
    List<FindingKind> found(List<FindingKind> kinds) throws AuditException {
        return find(kinds).stream().filter(finding -> finding.rows() > 0).map(Finding::kind).toList();
    }

    static List<String> column(Finding finding, String name) {
        int column = finding.columns().indexOf(name);
        return finding.sample().stream().map(row -> row.get(column)).toList();
    }

    void run(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            connection.commit();
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
