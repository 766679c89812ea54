package io.tokensync.chaos.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import io.tokensync.common.model.TokenKey;
import io.tokensync.simulator.truth.Truth;
import io.tokensync.standalone.demo.jdbc.TableVerdict;
import io.tokensync.standalone.demo.jdbc.TruthCheck;

/** The database past the protocol, whatever happens to the connections of the stages. */
public final class TableView {
    private static final String CANARIES = """
            SELECT source_ip, MIN(CAST(transaction_id AS BIGINT)) FROM dbo.TokenRecords
            WHERE token_id LIKE '%s%%' GROUP BY source_ip HAVING COUNT(*) = ?""".formatted(CanaryNode.PREFIX);
    private static final String UNACCOUNTED = """
            SELECT session_id, source_ip, status, records_in_flight FROM dbo.SyncSessions
            WHERE status IN ('RUNNING', 'STALLED') OR records_in_flight <> 0""";
    private static final String UNBALANCED = """
            SELECT session_id, source_ip, status, total_records_published, total_sql_inserts, total_sql_updates,
                   total_sql_unchanged, total_dead_lettered, records_in_flight
            FROM dbo.SyncSessions
            WHERE total_records_published <> total_sql_inserts + total_sql_updates + total_sql_unchanged
                + total_dead_lettered + records_in_flight""";

    private final DataSource data;

    public TableView(DataSource data) {
        this.data = data;
    }

    /** The lowest number that a canary's row has, by machine; machines of which not all rows are there are not among them. */
    public Map<String, Long> canaries(int rowsOfMachine) throws SQLException {
        Map<String, Long> numbers = new HashMap<>();
        try (Connection connection = data.getConnection();
                PreparedStatement select = connection.prepareStatement(CANARIES)) {
            select.setInt(1, rowsOfMachine);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    numbers.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return numbers;
    }

    /** Of these versions of rows, those that the table has neither reached nor passed. */
    public List<String> behind(Map<TokenKey, Long> versions) throws SQLException {
        List<String> behind = new ArrayList<>();
        try (Connection connection = data.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT record_version, deleted_version FROM dbo.TokenRecords WHERE source_ip = ?"
                                + " AND node_name = ? AND token_id = ?")) {
            for (Map.Entry<TokenKey, Long> row : versions.entrySet()) {
                long version = version(select, row.getKey());
                if (version < row.getValue()) {
                    behind.add(row.getKey() + " has version " + version + ", and " + row.getValue()
                            + " is committed");
                }
            }
        }
        return behind;
    }

    /** Sessions that have no end, or of which something is on its way; one sentence each. */
    public List<String> unaccountedSessions() throws SQLException {
        return rows(UNACCOUNTED);
    }

    /** Sessions whose receipts do not add up to what they have published; one sentence each. */
    public List<String> unbalancedSessions() throws SQLException {
        return rows(UNBALANCED);
    }

    /** How many sessions there are of each status. */
    public List<String> sessions() throws SQLException {
        return rows("SELECT status, COUNT(*) AS sessions FROM dbo.SyncSessions GROUP BY status ORDER BY status");
    }

    /** Compares the table with the truth. */
    public TableVerdict compare(Truth truth) throws IOException, SQLException {
        try (Connection connection = data.getConnection()) {
            return TruthCheck.check(truth, connection);
        }
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = data.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> fields = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    fields.add(result.getMetaData().getColumnLabel(column) + "=" + result.getString(column));
                }
                rows.add(String.join(" ", fields));
            }
        }
        return rows;
    }

    private static long version(PreparedStatement select, TokenKey key) throws SQLException {
        select.setString(1, key.sourceIp());
        select.setString(2, key.nodeName());
        select.setString(3, key.tokenId());
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? Math.max(row.getLong(1), row.getLong(2)) : -1;
        }
    }
}
