package io.tokensync.cli.token.jdbc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Rows about a token.
 *
 * @param columns their names
 * @param rows each with a text, which may be null, for each column
 * @param more whether there are more than these
 */
public record TokenTable(List<String> columns, List<List<String>> rows, boolean more) {
    public TokenTable {
        columns = List.copyOf(columns);
        rows = rows.stream().map(row -> Collections.unmodifiableList(new ArrayList<>(row))).toList();
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The value of a column in a row; null when it has none. */
    public String value(List<String> row, String column) {
        return row.get(columns.indexOf(column));
    }
}
