package io.tokensync.cli.jdbc;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** RFC 4180, with a header line; NULL is an empty field, an empty text is {@code ""}. */
final class CsvFormat implements RowFormat {
    private static final String LINE_END = "\r\n";

    @Override
    public void print(ResultSet rows, PrintStream out) throws SQLException {
        List<String> labels = RowFormat.labels(rows);
        out.print(line(labels));
        while (rows.next()) {
            out.print(line(RowFormat.values(rows, labels.size())));
        }
    }

    private static String line(List<String> fields) {
        return fields.stream().map(CsvFormat::quote).collect(Collectors.joining(",", "", LINE_END));
    }

    private static String quote(String field) {
        if (field == null) {
            return "";
        }
        boolean plain = !field.isEmpty()
                && field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
