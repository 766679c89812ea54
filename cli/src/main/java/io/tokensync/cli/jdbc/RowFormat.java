package io.tokensync.cli.jdbc;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Prints the rows of a query, reading them one by one. */
interface RowFormat {
    void print(ResultSet rows, PrintStream out) throws SQLException;

    /** The column labels, in order. */
    static List<String> labels(ResultSet rows) throws SQLException {
        ResultSetMetaData meta = rows.getMetaData();
        List<String> labels = new ArrayList<>();
        for (int column = 1; column <= meta.getColumnCount(); column++) {
            labels.add(meta.getColumnLabel(column));
        }
        return labels;
    }

    /** The values of the current row as text; null stays null. */
    static List<String> values(ResultSet rows, int columns) throws SQLException {
        List<String> values = new ArrayList<>(columns);
        for (int column = 1; column <= columns; column++) {
            values.add(rows.getString(column));
        }
        return values;
    }
}
