package io.tokensync.cli.audit.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.tokensync.cli.audit.report.Section;
import io.tokensync.common.jdbc.FailedQuery;
import io.tokensync.common.jdbc.SqlConnections;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.monitor.audit.AuditException;

/** Asks a table for the sections of the report that are no findings. */
public final class ReportTables {
    /** The section behind which the findings stand. */
    public static final String HOLDINGS = "holdings";

    private static final String MACHINES = """
            SELECT source_ip, COUNT(*) AS sessions, SUM(CASE WHEN end_time IS NULL THEN 1 ELSE 0 END) AS sessions_open,
                SUM(total_records_published) AS records_published,
                SUM(CAST(total_sql_inserts AS BIGINT)) AS inserted, SUM(total_sql_updates) AS updated,
                SUM(total_sql_unchanged) AS unchanged, SUM(total_dead_lettered) AS dead_lettered,
                SUM(records_in_flight) AS in_flight,
                SUM(total_records_published - total_sql_inserts - total_sql_updates - total_sql_unchanged
                    - total_dead_lettered - records_in_flight) AS missing,
                SUM(total_records_rejected) AS rejected_rows, MIN(start_time) AS first_session_began,
                MAX(end_time) AS last_session_accounted_for
            FROM dbo.SyncSessions GROUP BY source_ip ORDER BY source_ip""";
    private static final String NODES = """
            SELECT source_ip, node_name, rows_listed, rows_deleted, last_heard_at, hours_silent, problem, problem_since
            FROM dbo.vw_Nodes ORDER BY source_ip, node_name""";
    private static final String VERIFICATIONS = """
            SELECT source_ip, node_name, outcome, as_of, watermark, node_rows, table_rows, node_digest, table_digest, verified_at
            FROM dbo.vw_NodeVerification ORDER BY source_ip, node_name""";
    private static final String UNVERIFIABLE = """
            SELECT kind_name, reason, COUNT(*) AS rows_found FROM dbo.vw_UnverifiableContent
            GROUP BY kind_name, reason ORDER BY kind_name, reason""";
    private static final String HISTORY = """
            SELECT COUNT(*) AS versions, MIN(observed_at) AS first_observed_at, MAX(observed_at) AS last_observed_at
            FROM dbo.TokenHistory""";

    private static final String SCHEMA = """
            SELECT version, description, checksum, installed_on FROM dbo.tokensync_schema_history
            ORDER BY installed_rank""";

    private final SqlSettings settings;

    /** @param settings of the database; the answers may take as long as they take */
    public ReportTables(SqlSettings settings) {
        this.settings = settings.unhurried();
    }

    /**
     * Asks. In SQLite all is of one moment; on SQL Server each section is of its own.
     *
     * @throws AuditException when the table cannot be asked
     */
    public List<Section> ask() throws AuditException {
        try (Connection connection = SqlConnections.openToRead(settings)) {
            connection.setAutoCommit(false);
            List<Section> sections = new ArrayList<>();
            RowsOfTable rows = RowsOfTable.read(connection);
            sections.add(machines(connection));
            sections.add(verifications(connection));
            sections.add(nodes(connection, rows));
            sections.add(Section.of(HOLDINGS, "Holdings by kind and status",
                    "The rows that nodes list, and what they are worth together. A token that several nodes list is in several "
                            + "rows: a sender's row stays, as transferred.",
                    List.of("token_kind", "status_name", "rows_listed", "token_value", "rows_without_value"),
                    rows.holdings()));
            sections.add(unverifiable(connection));
            sections.add(history(connection));
            sections.add(schema(connection));
            sections.add(product(connection));
            return sections;
        } catch (SQLException e) {
            throw new AuditException(FailedQuery.describe(e), e);
        }
    }

    private static Section machines(Connection connection) throws SQLException {
        return query(connection, "machines", "Completeness by machine",
                "What the agents have published, and where it is. The columns inserted to in flight add up to what was published, "
                        + "and missing is 0, or records are lost. Of sessions that the table still has (writer.sessions.keep).",
                MACHINES);
    }

    private Section verifications(Connection connection) throws SQLException {
        String title = "Verification of each node against the table";
        return settings.dialect().has(connection, "vw_NodeVerification")
                ? query(connection, "verifications", title,
                        "The latest comparison of each node with the table, made on the node: equal digests mean equal rows, up to "
                                + "the record version in watermark. A node that is not here was not compared.",
                        VERIFICATIONS)
                : Section.of("verifications", title, "The table keeps no verifications, or this login may not read "
                        + "them: nothing here says whether it is equal to what the nodes hold.", List.of(), List.of());
    }

    private static Section nodes(Connection connection, RowsOfTable rows) throws SQLException {
        Section nodes = query(connection, "nodes", "Nodes",
                "What each node lists, and since when nobody has been able to look at it: a row is as current as its node was "
                        + "heard of. rows digest is the sum, modulo 2^256, of the SHA-256 of the node's rows in this table.",
                NODES);
        List<String> columns = new ArrayList<>(nodes.columns());
        columns.add("rows_digest");
        List<List<String>> digested = new ArrayList<>();
        for (List<String> node : nodes.rows()) {
            List<String> row = new ArrayList<>(node);
            row.add(rows.digest(node.get(0), node.get(1)));
            digested.add(row);
        }
        return Section.of(nodes.code(), nodes.title(), nodes.explanation(), columns, digested);
    }

    private static Section unverifiable(Connection connection) throws SQLException {
        return query(connection, "unverifiable", "Content that nobody has verified",
                "Rows whose content is not there, or was not compared with the token's id, by reason. What these tokens are is "
                        + "what their node says.",
                UNVERIFIABLE);
    }

    private Section history(Connection connection) throws SQLException {
        return settings.dialect().has(connection, "TokenHistory")
                ? query(connection, "history", "History",
                        "How far the findings over time can look back. Where there are no versions they find nothing.",
                        HISTORY)
                : Section.of("history", "History",
                        "The table has no history, or this login may not read it: the findings over time find nothing.",
                        List.of(), List.of());
    }

    private Section schema(Connection connection) throws SQLException {
        return settings.dialect().has(connection, "tokensync_schema_history")
                ? query(connection, "schema", "Schema",
                        "The migrations that made the tables and views, the latest last.",
                        SCHEMA)
                : Section.of("schema", "Schema", "This login may not read which migrations made the tables and views.",
                        List.of(), List.of());
    }

    private static Section product(Connection connection) throws SQLException {
        DatabaseMetaData meta = connection.getMetaData();
        return Section.of("database", "Database", "The product that keeps the table.", List.of("product", "version"),
                List.of(List.of(meta.getDatabaseProductName(), meta.getDatabaseProductVersion())));
    }

    private static Section query(Connection connection, String code, String title, String explanation, String sql)
            throws SQLException {
        try (PreparedStatement asked = connection.prepareStatement(sql); ResultSet found = asked.executeQuery()) {
            int width = found.getMetaData().getColumnCount();
            List<String> columns = new ArrayList<>();
            for (int column = 1; column <= width; column++) {
                columns.add(found.getMetaData().getColumnLabel(column));
            }
            List<List<String>> rows = new ArrayList<>();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= width; column++) {
                    row.add(found.getString(column));
                }
                rows.add(row);
            }
            return Section.of(code, title, explanation, columns, rows);
        }
    }
}
