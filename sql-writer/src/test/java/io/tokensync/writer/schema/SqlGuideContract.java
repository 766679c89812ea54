package io.tokensync.writer.schema;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.Table;

import static org.assertj.core.api.Assertions.assertThat;

/** Every query of docs/sql.md, as it stands there, with the answers that an auditor expects. */
abstract class SqlGuideContract {
    private static final Path GUIDE = Path.of("..", "docs", "sql.md");
    private static final String FIRST = "00000000-0000-0000-0000-000000000001";
    private static final String SECOND = "00000000-0000-0000-0000-000000000002";
    private static final String A = "203.0.113.7|n1";
    private static final String B = "203.0.113.8|n2";
    private static final String VERIFIED = "1, NULL, 'kubo', ";
    private static final String NOT_ASKED = "0, NULL, NULL, NULL";
    private static final Map<String, List<String>> EXPECTED = Map.ofEntries(
            Map.entry("Tokens by status",
                    List.of("free|12", "burnt|2", "transferred|2", "outside limits|1")),
            Map.entry("Who lists a token", List.of(A + "|did1|free|1.0", B + "|did2|free|1.0")),
            Map.entry("What an owner holds",
                    List.of("M|whole RBT|1.0|n1", "N|whole RBT|1.0|n1", "P|whole RBT|1.0|n1",
                            "Q1|part of an RBT|0.7|n1", "Q2|part of an RBT|0.6|n1", "R1|part of an RBT|0.4|n1",
                            "R2|part of an RBT|0.6|n1", "T1|whole RBT|1.0|n1", "T3|whole RBT|1.0|n1")),
            Map.entry("Free on several nodes", List.of("T1|2|" + A + "|did1", "T1|2|" + B + "|did2")),
            Map.entry("Tokens with several owners", List.of("T1|2|2|2|0", "T2|2|2|1|1", "T3|2|2|1|0")),
            Map.entry("Held and burnt", List.of("T3|1|1")),
            Map.entry("Parts against their parent", List.of("equal|1", "more than parent|1")),
            Map.entry("Parts worth more than their parent", List.of("P|Q1|0.7|free|n1", "P|Q2|0.6|free|n1")),
            Map.entry("Split, and still free", List.of("P|1.0|2|" + A)),
            Map.entry("Tokens that cannot exist", List.of("X|79|null|" + B)),
            Map.entry("Whole tokens by level", List.of("4|possible|2", "79|impossible|1")),
            Map.entry("One token in both generations",
                    List.of("T1|sqlite|" + A + "|did1|free", "4_7|v1|" + B + "|did2|transferred")),
            Map.entry("Supply by level", List.of("4|2188563|1|1|0|0|0|0")),
            Map.entry("Marked as outside the limits", List.of("L|" + B + "|did2")),
            Map.entry("Unproven transactions", List.of("4_7|" + B + "|did2|missing|tx")),
            Map.entry("Content that does not match",
                    List.of("M|" + A + "|mismatch: kubo", "N|" + A + "|pending: mismatch: kubo")),
            Map.entry("Unverified content by reason", List.of("mismatch|1", "not asked|12", "pending|1")),
            Map.entry("Nodes", List.of(A + "|10|0|hours|hours|null", B + "|7|1|hours|hours|root_missing: gone")),
            Map.entry("Silent nodes", List.of(B + "|hours|root_missing: gone")),
            Map.entry("Equal to their nodes",
                    List.of(B + "|differs|2020-01-01 00:00:00|7|8|null",
                            A + "|equal|2020-01-02 00:00:00|10|10|2020-01-02 00:00:00")),
            Map.entry("Gone from their node", List.of(B + "|G|did2|free")),
            Map.entry("Where a token has been",
                    List.of(A + "|did1|free|null", A + "|did1|transferred|null", B + "|did2|free|null")),
            Map.entry("Flawed rows", List.of(B + "|T2|[\"did_malformed\"]")),
            Map.entry("Does every session add up", List.of(FIRST + "|0", SECOND + "|0")),
            Map.entry("Sessions with errors",
                    List.of(SECOND + "|COMPLETED_WITH_ERRORS|1|2|{\"rejected\":{\"token_id_missing\":1}}")));

    private Database database;
    private Table table;

    abstract SqlSettings settings();

    @BeforeEach
    void fill() throws Exception {
        database = Database.open(settings(), 1);
        new Schema(database).migrate();
        table = new Table(database.dataSource());
        whole("7", "n1", "T1", "0", VERIFIED + "'{\"kind\":\"whole\",\"level\":4,\"number\":7}'");
        whole("8", "n2", "T1", "0", NOT_ASKED);
        whole("8", "n2", "4_7", "4", VERIFIED + "'{\"kind\":\"whole\",\"level\":4,\"number\":7}'");
        whole("7", "n1", "T2", "4", NOT_ASKED);
        whole("8", "n2", "T2", "0", NOT_ASKED);
        whole("7", "n1", "T3", "0", NOT_ASKED);
        whole("8", "n2", "T3", "9", NOT_ASKED);
        whole("7", "n1", "P", "0", NOT_ASKED);
        whole("8", "n2", "E", "9", NOT_ASKED);
        part("Q1", "0.7", "P");
        part("Q2", "0.6", "P");
        part("R1", "0.4", "E");
        part("R2", "0.6", "E");
        whole("8", "n2", "X", "0", VERIFIED + "'{\"kind\":\"whole\",\"level\":79,\"possible\":false}'");
        whole("8", "n2", "L", "2302", NOT_ASKED);
        whole("7", "n1", "M", "0", "0, 'mismatch: kubo', NULL, NULL");
        whole("7", "n1", "N", "0", "0, 'pending: mismatch: kubo', NULL, NULL");
        whole("8", "n2", "G", "0", NOT_ASKED);
        table.run(
                "UPDATE dbo.TokenRecords SET node_generation = CASE token_id WHEN '4_7' THEN 'v1' ELSE 'sqlite' END",
                "UPDATE dbo.TokenRecords SET transaction_id = 'tx', transaction_check = 'missing'"
                        + " WHERE token_id = '4_7'",
                "UPDATE dbo.TokenRecords SET deleted_version = 7, deleted_at = '2020-01-02T00:00:00' WHERE token_id = 'G'",
                "UPDATE dbo.TokenRecords SET validation_errors = '[\"did_malformed\"]'"
                        + " WHERE token_id = 'T2' AND node_name = 'n2'");
        version("7", "n1", 1, "'did1', 'free'");
        version("8", "n2", 3, "'did2', 'free'");
        version("7", "n1", 2, "'did1', 'transferred'");
        database("7", "n1", "'2999-01-01T00:00:00', NULL");
        database("8", "n2", "'2020-01-01T00:00:00', 'root_missing: gone'");
        verification("7", "n1", 1, "'2020-01-01T00:00:00', 'equal', 10, 10");
        verification("7", "n1", 2, "'2020-01-02T00:00:00', 'equal', 10, 10");
        verification("8", "n2", 1, "'2020-01-01T00:00:00', 'differs', 7, 8");
        session(FIRST, "'2020-01-01T00:00:00', 'COMPLETED', NULL, 10, 0, 5, 3, 2, 0, 0");
        session(SECOND, "'2020-01-02T00:00:00', 'COMPLETED_WITH_ERRORS', '{\"rejected\":{\"token_id_missing\":1}}',"
                + " 10, 1, 4, 1, 1, 2, 2");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void everyQueryIsAnsweredTruly() throws Exception {
        Map<String, String> queries = GuideQueries.of(GUIDE);
        assertThat(queries.keySet()).containsExactlyInAnyOrderElementsOf(EXPECTED.keySet());
        for (Map.Entry<String, String> query : queries.entrySet()) {
            assertThat(GuideQueries.rows(database.dataSource(), query.getValue())).as(query.getKey())
                    .containsExactlyElementsOf(EXPECTED.get(query.getKey()));
        }
    }

    private void verification(String machine, String node, int watermark, String values) throws SQLException {
        table.run(
                "INSERT INTO dbo.NodeVerifications (source_ip, node_name, watermark, as_of, outcome, node_rows, table_rows,"
                        + " verified_at, started_by, node_digest, table_digest, buckets, buckets_differing, buckets_unsettled,"
                        + " rows_republished, rows_deleted, rows_deferred, duration_seconds, agent_id, session_id)"
                        + " VALUES ('203.0.113." + machine + "', '" + node + "', " + watermark + ", " + values
                        + ", '2020-01-03T00:00:0" + watermark + "', 'schedule', '', '', 64, 0, 0, 0, 0, 0, 0.5, '"
                        + FIRST
                        + "', '" + FIRST + "')");
    }

    /** A node's owner has its number. */
    private void whole(String machine, String node, String token, String status, String content) throws SQLException {
        row(machine, node, token,
                "'" + status + "', " + StatusNames.sql(status) + ", 'whole', '1.0', NULL, " + content);
    }

    private void part(String token, String value, String parent) throws SQLException {
        row("7", "n1", token, "'0', 'free', 'part', '" + value + "', '" + parent + "', " + NOT_ASKED);
    }

    private void row(String machine, String node, String token, String values) throws SQLException {
        table.run(
                "INSERT INTO dbo.TokenRecords (source_ip, node_name, token_id, did, db_path, db_last_modified, synced_at,"
                        + " token_status, status_name, token_kind, token_value, parent_token_id,"
                        + " ipfs_fetched, ipfs_error, ipfs_source, ipfs_info)"
                        + " VALUES ('203.0.113." + machine + "', '" + node + "', '" + token + "', 'did" + node.charAt(1)
                        + "', '/srv/" + node + "', '2020-01-01T00:00:00', '2020-01-01T00:00:00', " + values + ")");
    }

    private void version(String machine, String node, int number, String values) throws SQLException {
        table.run(
                "INSERT INTO dbo.TokenHistory (source_ip, node_name, token_id, row_hash, record_version, did, status_name)"
                        + " VALUES ('203.0.113." + machine + "', '" + node + "', 'T1', 7, " + number + ", " + values
                        + ")");
    }

    private void database(String machine, String node, String values) throws SQLException {
        table.run("INSERT INTO dbo.ProcessedDatabases (source_ip, db_path, last_modified, last_processed, problem)"
                + " VALUES ('203.0.113." + machine + "', '/srv/" + node + "', '2020-01-01T00:00:00', " + values + ")");
    }

    private void session(String id, String values) throws SQLException {
        table.run("INSERT INTO dbo.SyncSessions (session_id, source_ip, start_time, status, error_summary,"
                + " total_records_published, total_records_rejected, total_sql_inserts, total_sql_updates, total_sql_unchanged,"
                + " total_dead_lettered, records_in_flight) VALUES ('" + id + "', '203.0.113.7', " + values + ")");
    }
}
