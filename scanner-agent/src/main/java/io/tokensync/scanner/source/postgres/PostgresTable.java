package io.tokensync.scanner.source.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.tokensync.common.model.NodeGeneration;
import io.tokensync.scanner.source.TokenColumn;
import io.tokensync.scanner.source.TokenTable;

/**
 * What a token table looks like in one database.
 *
 * @param table which one
 * @param name as it stands in a statement, with its schema
 * @param columns those that are there, and of each whether its values can be of any length
 * @param blocks of its file now
 * @param rows about how many there are
 * @param obstacle why it cannot be read; empty when it can
 */
record PostgresTable(TokenTable table, String name, Map<TokenColumn, Boolean> columns, long blocks, long rows,
        Optional<String> obstacle) {
    private static final String LOOK = """
            SELECT c.relname, c.relkind, c.relpages, c.reltuples::bigint,
                pg_relation_size(c.oid) / current_setting('block_size')::bigint,
                has_table_privilege(c.oid, 'SELECT'), coalesce((SELECT string_agg(a.attname || ':' || t.typname, ',')
                    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
                    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')""";
    /** Types whose values have a few bytes. */
    private static final Set<String> SHORT = Set.of("int2", "int4", "int8", "bool", "date", "timestamp", "timestamptz",
            "float4", "float8", "uuid");
    private static final int KIND = 2;
    private static final int PAGES = 3;
    private static final int TUPLES = 4;
    private static final int BLOCKS = 5;
    private static final int READABLE = 6;
    private static final int COLUMNS = 7;

    /** The token tables that a database has, those of most precedence first. */
    static Map<TokenTable, PostgresTable> all(Connection connection, String schema) throws SQLException {
        Map<TokenTable, PostgresTable> found = new EnumMap<>(TokenTable.class);
        try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
            for (TokenTable table : TokenTable.of(NodeGeneration.V1)) {
                statement.setString(1, schema);
                statement.setString(2, table.tableName());
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        found.put(table, of(table, schema, row));
                    }
                }
            }
        }
        return found;
    }

    private static PostgresTable of(TokenTable table, String schema, ResultSet row) throws SQLException {
        Map<String, String> types = new HashMap<>();
        for (String column : row.getString(COLUMNS).split(",")) {
            int colon = column.lastIndexOf(':');
            types.put(column.substring(0, Math.max(0, colon)), column.substring(colon + 1));
        }
        Map<TokenColumn, Boolean> columns = new EnumMap<>(TokenColumn.class);
        for (TokenColumn column : TokenColumn.values()) {
            String type = types.get(column.name().toLowerCase(Locale.ROOT));
            if (type != null && column != TokenColumn.STATUS_NAME) {
                columns.put(column, !SHORT.contains(type));
            }
        }
        String obstacle = null;
        if (!row.getString(KIND).equals("r")) {
            obstacle = " is no plain table, which no node makes";
        } else if (!row.getBoolean(READABLE)) {
            obstacle = " may not be read by the agent's login";
        } else if (!columns.containsKey(TokenColumn.TOKEN_ID)) {
            obstacle = " has no column token_id";
        }
        // a table that was never analyzed says -1 rows; 50 rows a block is what v1's rows are like
        long rows = row.getLong(TUPLES) < 0 ? row.getLong(BLOCKS) * 50 : row.getLong(TUPLES);
        return new PostgresTable(table, quoted(schema) + "." + quoted(table.tableName()), columns,
                Math.max(row.getLong(PAGES), row.getLong(BLOCKS)), rows, Optional.ofNullable(obstacle));
    }

    /** Whether a table scan can read it. */
    boolean isReadable() {
        return obstacle.isEmpty();
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
