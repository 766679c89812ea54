package io.tokensync.cli.audit.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A table of the report.
 *
 * @param code its name in JSON
 * @param title a heading
 * @param explanation what it says, and what it does not
 * @param rowsFound how many rows there are, of which only some may be here
 * @param columns names of the columns
 * @param rows a text, which may be null, for each of the columns
 * @param noAnswer why the table did not answer, in which case nobody knows whether there are rows; else empty
 */
public record Section(String code, String title, String explanation, long rowsFound, List<String> columns,
        List<List<String>> rows, Optional<String> noAnswer) {
    public Section {
        columns = List.copyOf(columns);
        rows = rows.stream().map(row -> Collections.unmodifiableList(new ArrayList<>(row))).toList();
    }

    /** With an answer. */
    public Section(String code, String title, String explanation, long rowsFound, List<String> columns,
            List<List<String>> rows) {
        this(code, title, explanation, rowsFound, columns, rows, Optional.empty());
    }

    /** With all its rows. */
    public static Section of(String code, String title, String explanation, List<String> columns,
            List<List<String>> rows) {
        return new Section(code, title, explanation, rows.size(), columns, rows);
    }

    /** Without an answer. */
    public static Section unanswered(String code, String title, String explanation, String reason) {
        return new Section(code, title, explanation, 0, List.of(), List.of(), Optional.of(reason));
    }

    /** How many rows there are, for people. */
    String found() {
        return noAnswer.map(reason -> "no answer (" + reason + ")").orElse(rowsFound + " rows");
    }
}
