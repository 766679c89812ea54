package io.tokensync.scanner.source.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.tokensync.scanner.source.TokenColumn;
import io.tokensync.scanner.source.TokenTable;
import io.tokensync.scanner.source.sqlite.file.NodeConnection;

/**
 * What a token table looks like in one database.
 *
 * @param table which one
 * @param columns the columns that are there, with the expression that reads them
 * @param rowid the name by which its rows' places are read; null when none does
 * @param obstacle why there is no such name, after the table's; null when there is one
 * @param uniqueId whether a unique index covers the id, so that ids are found at once and do not repeat
 * @param utf8 whether the database holds text in UTF-8, as those of nodes do, and not in UTF-16
 */
record TableLayout(TokenTable table, Map<TokenColumn, String> columns, String rowid, String obstacle, boolean uniqueId,
        boolean utf8) {
    /** In the order of how usual they are; a column of the same name hides each. */
    private static final List<String> ROWID = List.of("rowid", "_rowid_", "oid");

    /** The layout of this table, or null when the database lacks it. */
    static TableLayout of(NodeConnection connection, TokenTable table) throws SQLException {
        String name = actualName(connection, table.tableName());
        if (name == null) {
            return null;
        }
        Set<String> present = new TreeSet<>(texts(connection, "SELECT lower(name) FROM pragma_table_xinfo(?)", name));
        Map<TokenColumn, String> columns = new EnumMap<>(TokenColumn.class);
        for (TokenColumn column : TokenColumn.values()) {
            String nodeName = table.nameOf(column);
            if (present.contains(nodeName.toLowerCase(Locale.ROOT))) {
                columns.put(column, '"' + nodeName + '"');
            }
        }
        String rowid = ROWID.stream().filter(alias -> !present.contains(alias)).findFirst().orElse(null);
        String obstacle = obstacle(connection, name, rowid);
        return new TableLayout(table, columns, obstacle == null ? rowid : null, obstacle,
                hasUniqueId(connection, name, table.nameOf(TokenColumn.TOKEN_ID)),
                texts(connection, "PRAGMA encoding").contains("UTF-8"));
    }

    private static String obstacle(NodeConnection connection, String name, String rowid) throws SQLException {
        List<String> kind = texts(connection,
                "SELECT iif(wr, 'without rowid', type) FROM pragma_table_list(?) WHERE schema = 'main'", name);
        if (kind.contains("without rowid")) {
            return " is WITHOUT ROWID, and rows are read by rowid";
        }
        if (!kind.contains("table")) {
            return " is a virtual table, which no node makes";
        }
        return rowid == null
                ? " has columns named " + String.join(", ", ROWID) + ", which hide the rowid that rows are read by"
                : null;
    }

    /** Whether the column of the id is there. */
    boolean hasId() {
        return columns.containsKey(TokenColumn.TOKEN_ID);
    }

    /** Whether a table scan can read it. */
    boolean isReadable() {
        return hasId() && obstacle == null;
    }

    /** The columns that are there, in the order in which they are read: the id first. */
    List<TokenColumn> present() {
        return List.copyOf(columns.keySet());
    }

    /** The expression that reads this column. */
    String expression(TokenColumn column) {
        return columns.get(column);
    }

    private static String actualName(NodeConnection connection, String name) throws SQLException {
        List<String> names = texts(connection,
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name = ? COLLATE NOCASE", name);
        return names.isEmpty() ? null : names.getFirst();
    }

    private static boolean hasUniqueId(NodeConnection connection, String table, String id) throws SQLException {
        return !texts(connection, """
                SELECT l.name FROM pragma_index_list(?) l WHERE l."unique" AND NOT l.partial
                  AND (SELECT count(*) FROM pragma_index_xinfo(l.name) WHERE key) = 1
                  AND EXISTS (SELECT 1 FROM pragma_index_xinfo(l.name) WHERE key AND name = ? COLLATE NOCASE
                    AND coll = 'BINARY')""", table, id).isEmpty();
    }

    private static List<String> texts(NodeConnection connection, String sql, String... arguments) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (PreparedStatement statement = connection.prepare(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setString(i + 1, arguments[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
        }
        return texts;
    }
}
