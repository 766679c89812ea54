package io.tokensync.tds.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.tokensync.tds.sql.DeclaredType;

/** What the tables of a session were declared with in T-SQL, remembered until somebody changes the schema. */
final class Catalogue {
    private static final String COLUMNS = "SELECT COLUMN_NAME, REMARKS FROM INFORMATION_SCHEMA.COLUMNS "
            + "WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND REMARKS IS NOT NULL";

    private final Connection connection;
    private final AtomicLong schemaVersion;
    private final Map<String, Map<String, DeclaredType>> tables = new HashMap<>();
    private long seen;

    Catalogue(Connection connection, AtomicLong schemaVersion) {
        this.connection = connection;
        this.schemaVersion = schemaVersion;
    }

    void changed() {
        schemaVersion.incrementAndGet();
    }

    /** The declared type of a column; null where it is unknown, as that of a view or an expression is. */
    DeclaredType declared(String schema, String table, String column) throws SQLException {
        if (table == null || table.isEmpty()) {
            return null;
        }
        if (seen != schemaVersion.get()) {
            seen = schemaVersion.get();
            tables.clear();
        }
        Map<String, DeclaredType> columns = tables.get(schema + "." + table);
        if (columns == null) {
            columns = columns(schema, table);
            tables.put(schema + "." + table, columns);
        }
        return columns.get(column);
    }

    private Map<String, DeclaredType> columns(String schema, String table) throws SQLException {
        Map<String, DeclaredType> columns = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
            query.setString(1, schema);
            query.setString(2, table);
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    columns.put(found.getString(1), DeclaredType.ofComment(found.getString(2)));
                }
            }
        }
        return columns;
    }
}
