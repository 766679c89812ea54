package io.tokensync.writer.schema;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whose the tables are that were found, by name and columns, all in lower case. */
final class PythonTables {
    /** What was copied and has not its name yet. */
    static final String NEW = "_new";
    /** The old tables, kept. */
    static final String OLD = "_python";
    static final String PROGRESS = "TokenRecords_progress";
    /** Which rows are copied: one of each identity. */
    static final String CHOSEN = "TokenRecords_chosen";

    private static final String RECORDS = "tokenrecords";
    private static final String OURS = "record_version";
    private static final List<String> COLUMNS = List.of("id", "source_ip", "node_name", "did", "token_id",
            "token_status",
            "ipfs_data", "ipfs_fetched", "ipfs_error", "db_path", "db_last_modified", "synced_at");

    private final Map<String, List<String>> tables;

    PythonTables(Map<String, List<String>> tables) {
        this.tables = tables;
    }

    /** Whether the Python tool made them, and nobody has taken them over to the end. */
    boolean isThere() {
        return isOld() || isCopied();
    }

    /** The table that stands under its name is the Python tool's. */
    boolean isOld() {
        List<String> columns = columns(RECORDS);
        return columns.containsAll(COLUMNS) && !columns.contains(OURS);
    }

    /** All is copied; names may have changed already, indexes and views may be missing. */
    boolean isCopied() {
        return !isOld() && has("TokenRecords" + OLD);
    }

    boolean has(String table) {
        return tables.containsKey(table.toLowerCase(Locale.ROOT));
    }

    /** Whether the old tool's table of this name is one that the copy knows. */
    boolean isOldTable(String table, String column) {
        return columns(table).contains(column);
    }

    private List<String> columns(String table) {
        return tables.getOrDefault(table.toLowerCase(Locale.ROOT), List.of());
    }
}
