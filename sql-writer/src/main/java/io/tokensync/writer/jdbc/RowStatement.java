package io.tokensync.writer.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.tokensync.common.jdbc.SqlTimes;

/**
 * A statement for one staged row at a time: each {@code s.x} of its text has become a parameter, the row's column x, or a value
 * of the caller's own.
 */
final class RowStatement {
    private static final Pattern STAGED = Pattern.compile("\\bs\\.(\\w+)");

    private final String sql;
    private final List<String> names = new ArrayList<>();
    private final StagingColumn[] columns;

    RowStatement(String text) {
        this.sql = STAGED.matcher(text).replaceAll(name -> Matcher.quoteReplacement("?" + number(name.group(1))));
        this.columns = names.stream().map(RowStatement::column).toArray(StagingColumn[]::new);
    }

    private int number(String name) {
        if (!names.contains(name)) {
            names.add(name);
        }
        return parameter(name);
    }

    private static StagingColumn column(String name) {
        for (StagingColumn column : StagingColumn.values()) {
            if (column.column().equals(name.toLowerCase(Locale.ROOT))) {
                return column;
            }
        }
        return null;
    }

    /** What is prepared. */
    String sql() {
        return sql;
    }

    /** The number of the parameter with this name; 0 when there is none. */
    int parameter(String name) {
        return names.indexOf(name) + 1;
    }

    /** Sets what the row has; what is the caller's own stays as it is. */
    void set(PreparedStatement statement, StagedRow row) throws SQLException {
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] != null) {
                set(statement, i + 1, columns[i], row);
            }
        }
    }

    /** Sets the parameter to what the row has in this column. */
    static void set(PreparedStatement statement, int parameter, StagingColumn column, StagedRow row)
            throws SQLException {
        Object value = column.of(row);
        if (value == null) {
            statement.setObject(parameter, null);
            return;
        }
        switch (column.type()) {
            case TEXT, LONG_TEXT -> statement.setString(parameter, (String) value);
            case NUMBER -> statement.setLong(parameter, (Long) value);
            case FLAG -> statement.setInt(parameter, (Boolean) value ? 1 : 0);
            case TIME -> statement.setString(parameter, SqlTimes.text((LocalDateTime) value));
        }
    }
}
