package io.tokensync.cli.jdbc;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.tokensync.cli.output.RowSource;

/** The rows of a query, read one by one. */
final class ResultRows implements RowSource<SQLException> {
    private final ResultSet rows;

    ResultRows(ResultSet rows) {
        this.rows = rows;
    }

    @Override
    public List<String> labels() throws SQLException {
        ResultSetMetaData meta = rows.getMetaData();
        List<String> labels = new ArrayList<>();
        for (int column = 1; column <= meta.getColumnCount(); column++) {
            labels.add(meta.getColumnLabel(column));
        }
        return labels;
    }

    @Override
    public boolean next() throws SQLException {
        return rows.next();
    }

    @Override
    public String text(int column) throws SQLException {
        return rows.getString(column + 1);
    }

    @Override
    public Object value(int column) throws SQLException {
        Object value = rows.getObject(column + 1);
        return value == null || value instanceof Number || value instanceof Boolean ? value : text(column);
    }
}
