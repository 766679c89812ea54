package io.tokensync.cli.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import io.tokensync.cli.terminal.Printable;
import io.tokensync.cli.terminal.TextWidth;

/**
 * Aligned columns for people. Widths come from the first rows, so that a large result is never held in memory; long and
 * multi-line values are shortened, and more so where the table would be wider than the terminal.
 */
public final class TableFormat {
    /** As wide as the values are. */
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    private static final int SAMPLE_ROWS = 500;
    private static final int MAX_WIDTH = 72;
    /** No column is made narrower for the others. */
    private static final int NARROWEST = 12;
    private static final int GAP = 2;

    private final int width;

    /** @param width columns of the terminal, or {@link #UNBOUNDED} */
    public TableFormat(int width) {
        this.width = width;
    }

    /** Prints rows as they are read, and how many they were. */
    public <E extends Exception> void print(RowSource<E> rows, PrintStream out) throws E {
        long count = body(rows, out).rows();
        out.println(count == 1 ? "(1 row)" : "(" + count + " rows)");
    }

    /**
     * What was printed.
     *
     * @param rows how many rows
     * @param cut whether values are shorter than they would be on a wider terminal
     */
    public record Printed(long rows, boolean cut) {}

    /** Prints rows as they are read, under their labels. */
    public <E extends Exception> Printed body(RowSource<E> rows, PrintStream out) throws E {
        List<String> labels = rows.labels();
        List<List<String>> sample = new ArrayList<>();
        sample.add(labels);
        while (sample.size() <= SAMPLE_ROWS && rows.next()) {
            sample.add(shown(rows.texts(labels.size())));
        }
        int[] widths = widths(sample, labels.size());
        boolean narrowed = narrow(widths);
        out.println(line(labels, widths, narrowed));
        out.println(line(IntStream.of(widths).mapToObj("-"::repeat).toList(), widths, narrowed));
        sample.stream().skip(1).forEach(row -> out.println(line(row, widths, narrowed)));
        long count = sample.size() - 1L;
        while (count >= SAMPLE_ROWS && rows.next()) {
            out.println(line(shown(rows.texts(labels.size())), widths, narrowed));
            count++;
        }
        return new Printed(count, narrowed);
    }

    private static List<String> shown(List<String> values) {
        return values.stream().map(TableFormat::shorten).toList();
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

    /** Takes from the widest column until all fit, from the first one last: it says what the row is about. */
    private boolean narrow(int[] widths) {
        long excess = Arrays.stream(widths).asLongStream().sum() + (long) GAP * (widths.length - 1) - width;
        if (excess <= 0) {
            return false;
        }
        for (int from = 1; from >= 0; from--) {
            int widest = widest(widths, from);
            while (excess > 0 && widest >= 0) {
                widths[widest]--;
                excess--;
                widest = widest(widths, from);
            }
        }
        return true;
    }

    /** The widest column from this one on that may become narrower; -1 when none may. */
    private static int widest(int[] widths, int from) {
        return IntStream.range(from, widths.length).filter(column -> widths[column] > NARROWEST).boxed()
                .max(Comparator.comparingInt(column -> widths[column])).orElse(-1);
    }

    private static String line(List<String> row, int[] widths, boolean narrowed) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String value = narrowed ? TextWidth.cut(row.get(column), widths[column]) : row.get(column);
            line.append(column == 0 ? "" : " ".repeat(GAP)).append(value)
                    .append(" ".repeat(Math.max(0, widths[column] - value.length())));
        }
        return line.toString().stripTrailing();
    }
}
