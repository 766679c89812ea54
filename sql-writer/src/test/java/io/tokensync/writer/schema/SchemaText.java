package io.tokensync.writer.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;

import io.tokensync.writer.jdbc.Database;

/** What a database says of its tables and views, a line for each thing, for golden files. */
final class SchemaText {
    private final StringBuilder text = new StringBuilder();
    private final Database database;

    SchemaText(Database database) {
        this.database = database;
    }

    /** Adds what a query answers, the columns that are null left out. */
    SchemaText add(String title, String query) throws SQLException {
        text.append("# ").append(title).append('\n');
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                text.append(line(rows)).append('\n');
            }
        }
        return this;
    }

    private static String line(ResultSet rows) throws SQLException {
        StringBuilder line = new StringBuilder();
        ResultSetMetaData columns = rows.getMetaData();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            String value = rows.getString(column);
            if (value != null) {
                line.append(line.isEmpty() ? "" : " ").append(columns.getColumnLabel(column)).append('=')
                        .append(value.replaceAll("\\s+", " "));
            }
        }
        return line.toString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
