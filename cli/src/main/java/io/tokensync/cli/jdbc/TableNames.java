package io.tokensync.cli.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.tokensync.common.jdbc.Dialect;

/** The tables and views that a login sees. */
final class TableNames {
    private final List<String> names = new ArrayList<>();

    TableNames(Connection connection, Dialect dialect) throws SQLException {
        String sql = switch (dialect) {
            case SQL_SERVER ->
                "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'dbo' ORDER BY TABLE_NAME";
            case SQLITE ->
                "SELECT name FROM dbo.sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%' ORDER BY name";
        };
        try (PreparedStatement asked = connection.prepareStatement(sql); ResultSet found = asked.executeQuery()) {
            while (found.next()) {
                names.add(found.getString(1));
            }
        }
    }

    List<String> all() {
        return List.copyOf(names);
    }

    /** As the database writes it; with or without the schema, in upper or lower case. */
    Optional<String> like(String name) {
        String bare = name.regionMatches(true, 0, "dbo.", 0, 4) ? name.substring(4) : name;
        return names.stream().filter(bare::equalsIgnoreCase).findFirst();
    }

    /** For a statement. */
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
