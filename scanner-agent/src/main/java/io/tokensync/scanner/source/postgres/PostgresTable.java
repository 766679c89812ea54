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

import io.tokensync.scanner.source.TokenColumn;
import io.tokensync.scanner.source.TokenTable;

/**
 * What a table of tokens looks like in one database.
 *
 * @param table which one
 * @param name as it stands in a statement, with its schema
 * @param columns those that are there, and of each whether its values can be of any length
 * @param blocks of its file now
 * @param rows about how many there are
 * @param readable whether the agent's login may read it
 * @param obstacle why it cannot be scanned, after the table's name; empty when it can
 */
record PostgresTable(TokenTable table, String name, Map<TokenColumn, Boolean> columns, long blocks, long rows,
        boolean readable, Optional<String> obstacle) {
    private static final String LOOK = """
            SELECT c.relkind, c.relpages, c.reltuples::bigint,
                pg_relation_size(c.oid) / current_setting('block_size')::bigint,
                has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT'),
                coalesce((SELECT string_agg(a.attname || ':' || t.typname, ',')
                    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
                    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')""";
    /** Types whose values have a few bytes. */
    private static final Set<String> SHORT = Set.of("int2", "int4", "int8", "bool", "date", "timestamp", "timestamptz",
            "float4", "float8", "uuid");
    /** What v1's rows take, where the table was never analyzed. */
    private static final int ROWS_PER_BLOCK = 30;
    private static final int PAGES = 2;
    private static final int TUPLES = 3;
    private static final int BLOCKS = 4;
    private static final int READABLE = 5;
    private static final int COLUMNS = 6;

    /** The table; empty when the database lacks it. */
    static Optional<PostgresTable> of(Connection connection, String schema, TokenTable table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
            statement.setString(1, schema);
            statement.setString(2, table.tableName());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(of(table, name(schema, table), row)) : Optional.empty();
            }
        }
    }

    /** A table's name as it stands in a statement. */
    static String name(String schema, TokenTable table) {
        return quoted(schema) + "." + quoted(table.tableName());
    }

    private static PostgresTable of(TokenTable table, String name, ResultSet row) throws SQLException {
        Map<String, String> types = new HashMap<>();
        for (String column : row.getString(COLUMNS).split(",", -1)) {
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
        if (!row.getString(1).equals("r")) {
            obstacle = "is no plain table, which no node makes";
        } else if (!columns.containsKey(TokenColumn.TOKEN_ID)) {
            obstacle = "has no column token_id";
        }
        long rows = row.getLong(TUPLES) < 0 ? row.getLong(BLOCKS) * ROWS_PER_BLOCK : row.getLong(TUPLES);
        return new PostgresTable(table, name, columns, Math.max(row.getLong(PAGES), row.getLong(BLOCKS)), rows,
                row.getBoolean(READABLE), Optional.ofNullable(obstacle));
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
