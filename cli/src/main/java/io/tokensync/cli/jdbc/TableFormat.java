package io.tokensync.cli.jdbc;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.tokensync.cli.terminal.Printable;

/**
 * Aligned columns for people. Widths come from the first rows, so that a large result is never held in memory; long and
 * multi-line values are shortened.
 */
final class TableFormat implements RowFormat {
    private static final int SAMPLE_ROWS = 500;
    private static final int MAX_WIDTH = 72;

    @Override
    public void print(ResultSet rows, PrintStream out) throws SQLException {
        List<String> labels = RowFormat.labels(rows);
        List<List<String>> sample = new ArrayList<>();
        sample.add(labels);
        while (sample.size() <= SAMPLE_ROWS && rows.next()) {
            sample.add(shown(rows, labels.size()));
        }
        int[] widths = widths(sample, labels.size());
        out.println(line(labels, widths));
        out.println(rule(widths));
        sample.stream().skip(1).forEach(row -> out.println(line(row, widths)));
        long count = sample.size() - 1L;
        while (count >= SAMPLE_ROWS && rows.next()) {
            out.println(line(shown(rows, labels.size()), widths));
            count++;
        }
        out.println(count == 1 ? "(1 row)" : "(" + count + " rows)");
    }

    private static List<String> shown(ResultSet rows, int columns) throws SQLException {
        return RowFormat.values(rows, columns).stream().map(TableFormat::shorten).toList();
    }

    private static String shorten(String value) {
        if (value == null) {
            return "NULL";
        }
        StringBuilder shown = new StringBuilder();
        value.codePoints().map(c -> Character.isISOControl(c) ? '·' : c).limit(MAX_WIDTH)
                .forEach(shown::appendCodePoint);
        boolean isWhole = value.codePointCount(0, value.length()) <= MAX_WIDTH;
        return Printable.line((isWhole ? shown : shown.append('…')).toString());
    }

    private static int[] widths(List<List<String>> sample, int columns) {
        int[] widths = new int[columns];
        for (List<String> row : sample) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return widths;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String value = row.get(column);
            line.append(column == 0 ? "" : "  ").append(value)
                    .append(" ".repeat(Math.max(0, widths[column] - value.length())));
        }
        return line.toString().stripTrailing();
    }

    private static String rule(int[] widths) {
        StringBuilder rule = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            rule.append(column == 0 ? "" : "  ").append("-".repeat(widths[column]));
        }
        return rule.toString();
    }
}
