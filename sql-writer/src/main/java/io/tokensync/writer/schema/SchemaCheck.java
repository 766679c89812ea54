package io.tokensync.writer.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.jdbc.Dialect;
import io.tokensync.writer.jdbc.SqlFailureClassifier;
import io.tokensync.writer.jdbc.SqlText;

/** Compares what is in the database with what the writer and its readers need. */
final class SchemaCheck {
    private static final Logger log = LoggerFactory.getLogger(SchemaCheck.class);
    private static final String MIGRATE = "; run: tokensync schema migrate";
    private static final String RECORDS = "TokenRecords";
    private static final String COLLATION = "Latin1_General_100_BIN2";
    private static final List<String> KEY = List.of("source_ip", "node_name", "token_id");
    private static final Map<String, List<String>> NEEDED = Map.ofEntries(entry(RECORDS, """
            id source_ip node_name did token_id created_at updated_at token_status parent_token_id token_value
            ipfs_data ipfs_fetched ipfs_error db_path ipfs_path db_last_modified synced_at validation_errors
            token_kind status_name node_generation ipfs_source ipfs_info token_state_hash transaction_id
            transaction_check transaction_initiator transaction_owner transaction_time session_id record_version
            row_hash deleted_version deleted_at content_version content_hash token_level token_number"""),
            entry("ProcessedDatabases", """
                    source_ip db_path last_modified last_processed record_count ipfs_success_count ipfs_fail_count
                    validation_error_count processing_duration_seconds node_name session_id status scan_started_at
                    records_published records_in_flight revision announced looked_at problem problem_since"""),
            entry("SyncSessions", """
                    session_id start_time end_time source_ip total_databases_found total_databases_processed
                    total_records_processed total_ipfs_success total_ipfs_failures total_sql_inserts total_sql_errors
                    total_validation_errors status error_summary scan_ended_at last_moved_at total_records_published
                    total_records_rejected total_sql_updates total_sql_unchanged total_dead_lettered records_in_flight
                    revision announced total_records_read"""), entry("vw_Tokens", """
                    source_ip node_name node_generation token_id did status_name kind_name is_deleted
                    transaction_check"""),
            entry("NodeVerifications", """
                    source_ip node_name watermark as_of verified_at started_by outcome node_rows table_rows node_digest
                    table_digest buckets buckets_differing buckets_unsettled rows_republished rows_deleted rows_deferred
                    duration_seconds agent_id session_id"""),
            entry("vw_NodeVerification", """
                    source_ip node_name outcome previous_outcome as_of verified_at last_equal_as_of node_rows table_rows"""),
            entry("vw_TokenHolders", "token_id listed_on_nodes free_on_nodes"),
            entry("vw_FreeOnSeveralNodes", "token_id free_on_nodes source_ip node_name"),
            entry("vw_PartsAgainstParent", "parent_token_id parts_value parent_value verdict"),
            entry("vw_TokenContents", """
                    source_ip node_name token_id content_kind token_level token_number parent_in_content part_number
                    part_value ft_name ft_index creator_did supply_verdict"""),
            entry("vw_TokenIdentity", """
                    token_level token_number node_generation source_ip node_name token_id did status_name token_value
                    numeric_value supply_verdict"""),
            entry("vw_SupplyByLevel", "token_level capacity tokens_seen tokens_free tokens_burnt tokens_pledged"),
            entry("vw_Nodes", "source_ip node_name last_heard_at hours_silent hours_unchanged problem"),
            entry("vw_StaleNodes", "source_ip node_name last_heard_at hours_silent problem"),
            entry("vw_UnverifiableContent", "source_ip node_name token_id reason"));

    private static final Schema.Concern READERS_WAIT = new Schema.Concern(
            "READ_COMMITTED_SNAPSHOT is off: readers and writers wait for each other's locks, and some of them end as"
                    + " victims of a deadlock",
            "while nobody else is in the database, its owner runs: ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON");

    private final Connection connection;
    private final Dialect dialect;

    SchemaCheck(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    /** What anybody needs: the writer, and those who read. */
    List<String> problems() throws SQLException {
        return checked(NEEDED.keySet().stream().sorted().toList());
    }

    /** What the writer needs, whose login need not see more. */
    List<String> problemsOfWriter() throws SQLException {
        return checked(List.of(RECORDS));
    }

    /** What the writer of the monitor's session summaries needs. */
    List<String> problemsOfSummaries() throws SQLException {
        return lacking(List.of("ProcessedDatabases", "SyncSessions"));
    }

    /** What the verifier needs. */
    List<String> problemsOfVerifications() throws SQLException {
        return lacking(List.of("NodeVerifications", "vw_NodeVerification"));
    }

    /** What works, but not well. */
    List<Schema.Concern> concerns() throws SQLException {
        return dialect == Dialect.SQL_SERVER && !readsCommittedSnapshots() ? List.of(READERS_WAIT) : List.of();
    }

    /** A server that does not say so is believed. */
    private boolean readsCommittedSnapshots() throws SQLException {
        String query = SqlText.of(SchemaScripts.dialectFile(dialect)).part("read_committed_snapshot");
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(query)) {
            return !result.next() || result.getBoolean(1);
        } catch (SQLException e) {
            doWithout("READ_COMMITTED_SNAPSHOT is on", e);
            return true;
        }
    }

    private List<String> lacking(List<String> tables) throws SQLException {
        List<String> problems = new ArrayList<>();
        Map<String, List<String>> found = tables(connection, dialect);
        tables.forEach(table -> compare(table, NEEDED.get(table), found, problems));
        return problems;
    }

    private List<String> checked(List<String> tables) throws SQLException {
        List<String> problems = lacking(tables);
        if (problems.isEmpty()) {
            checkIdentity(problems);
            checkCollation(problems);
        }
        return problems;
    }

    /** The tables and views of {@code dbo} with their columns, all in lower case. */
    static Map<String, List<String>> tables(Connection connection, Dialect dialect) throws SQLException {
        Map<String, List<String>> tables = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet columns = statement.executeQuery(part(dialect, "columns"))) {
            while (columns.next()) {
                tables.computeIfAbsent(lower(columns.getString(1)), _ -> new ArrayList<>())
                        .add(lower(columns.getString(2)));
            }
        }
        return tables;
    }

    private static void compare(String table, List<String> needed, Map<String, List<String>> found,
            List<String> problems) {
        List<String> columns = found.get(lower(table));
        if (columns == null) {
            problems.add("dbo." + table + " is missing" + MIGRATE);
            return;
        }
        List<String> missing = needed.stream().filter(column -> !columns.contains(column)).toList();
        if (!missing.isEmpty()) {
            problems.add("dbo." + table + " lacks " + String.join(", ", missing) + MIGRATE);
        }
    }

    private void checkIdentity(List<String> problems) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(part(dialect, "identity_indexes"))) {
            result.next();
            if (result.getInt(1) == 0) {
                problems.add(
                        "dbo.TokenRecords has no unique index on exactly (source_ip, node_name, token_id)" + MIGRATE);
            }
        } catch (SQLException e) {
            doWithout("the identity is unique", e);
        }
    }

    /** A server or a login that does not show its catalog may still be right; one that is away is notified of. */
    private void doWithout(String what, SQLException failure) throws SQLException {
        FailureKind kind = SqlFailureClassifier.sqlServer().classify(failure);
        if (dialect != Dialect.SQL_SERVER || kind != FailureKind.ENVIRONMENT) {
            throw failure;
        }
        log.atWarn().setMessage("the server does not show its catalog: whether " + what + " is not checked")
                .addKeyValue("sql_number", failure.getErrorCode()).log();
    }

    /**
     * On SQL Server only: the others tell capitals from small ones by themselves. The stage's key has this collation, and
     * columns of two collations, even if both are exact, cannot be compared. A server that names none is believed.
     */
    private void checkCollation(List<String> problems) throws SQLException {
        if (dialect != Dialect.SQL_SERVER) {
            return;
        }
        try (Statement statement = connection.createStatement();
                ResultSet columns = statement.executeQuery(part(dialect, "columns"))) {
            while (columns.next()) {
                String collation = columns.getString(3);
                if (RECORDS.equalsIgnoreCase(columns.getString(1)) && KEY.contains(lower(columns.getString(2)))
                        && collation != null
                        && !collation.equalsIgnoreCase(COLLATION)) {
                    problems.add("dbo.TokenRecords." + columns.getString(2) + " collates " + collation + ", not "
                            + COLLATION
                            + ": ids would be mistaken for each other, or not be comparable with the stage");
                }
            }
        }
    }

    private static String part(Dialect dialect, String name) {
        return SqlText.of(SchemaScripts.dialectFile(dialect)).part(name);
    }

    private static Map.Entry<String, List<String>> entry(String table, String columns) {
        return Map.entry(table, List.of(columns.strip().split("\\s+")));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
