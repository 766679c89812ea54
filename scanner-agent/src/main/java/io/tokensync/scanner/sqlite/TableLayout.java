package io.tokensync.scanner.sqlite;

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

/**
 * What a token table looks like in one database.
 *
 * @param table which one
 * @param columns the columns that are there, with the expression that reads them
 * @param rowid whether its rows have one
 * @param uniqueId whether a unique index covers the id, so that ids are found at once and do not repeat
 * @param utf8 whether the database holds text in UTF-8, as those of nodes do, and not in UTF-16
 */
record TableLayout(TokenTable table, Map<TokenColumn, String> columns, boolean rowid, boolean uniqueId, boolean utf8) {

    /** The layout of this table, or null when the database lacks it. */
    static TableLayout of(NodeConnection connection, TokenTable table) throws SQLException {
        String name = actualName(connection, table.tableName());
        if (name == null) {
            return null;
        }
        Set<String> present = new TreeSet<>(texts(connection, "SELECT lower(name) FROM pragma_table_info(?)", name));
        Map<TokenColumn, String> columns = new EnumMap<>(TokenColumn.class);
        for (TokenColumn column : TokenColumn.values()) {
            String nodeName = table.nameOf(column);
            if (present.contains(nodeName.toLowerCase(Locale.ROOT))) {
                columns.put(column, '"' + nodeName + '"');
            }
        }
        boolean rowid = texts(connection, "SELECT name FROM pragma_table_list(?) WHERE schema = 'main' AND wr", name)
                .isEmpty();
        return new TableLayout(table, columns, rowid, hasUniqueId(connection, name, table.nameOf(TokenColumn.TOKEN_ID)),
                texts(connection, "PRAGMA encoding").contains("UTF-8"));
    }

    /** Whether the column of the id is there. */
    boolean hasId() {
        return columns.containsKey(TokenColumn.TOKEN_ID);
    }

    /** Whether a walk can read it. */
    boolean isReadable() {
        return hasId() && rowid;
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
