package io.tokensync.cli.audit.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A table of the report.
 *
 * @param code its name in JSON
 * @param title a heading
 * @param explanation what it says, and what it does not
 * @param rowsFound how many rows there are, of which only some may be here
 * @param columns names of the columns
 * @param rows a text, which may be null, for each of the columns
 */
public record Section(String code, String title, String explanation, long rowsFound, List<String> columns,
        List<List<String>> rows) {
    public Section {
        columns = List.copyOf(columns);
        rows = rows.stream().map(row -> Collections.unmodifiableList(new ArrayList<>(row))).toList();
    }

    /** With all its rows. */
    public static Section of(String code, String title, String explanation, List<String> columns,
            List<List<String>> rows) {
        return new Section(code, title, explanation, rows.size(), columns, rows);
    }
}
