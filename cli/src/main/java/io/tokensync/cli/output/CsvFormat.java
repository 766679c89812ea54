package io.tokensync.cli.output;

import java.io.PrintStream;
import java.util.List;

import io.tokensync.cli.terminal.Printable;
import io.tokensync.cli.terminal.Terminal;
import io.tokensync.common.text.Csv;

/** CSV with a header line; to a terminal without what it would obey. */
public final class CsvFormat {
    private CsvFormat() {}

    /** Prints rows as they are read. */
    public static <E extends Exception> void print(RowSource<E> rows, PrintStream out) throws E {
        write(rows, out, Terminal.isInteractive());
    }

    /** Writes them as they are, whoever looks on. */
    public static <E extends Exception> void toFile(RowSource<E> rows, PrintStream out) throws E {
        write(rows, out, false);
    }

    /** Prints some rows, below those that were printed before. */
    public static <E extends Exception> void printMore(RowSource<E> rows, PrintStream out) throws E {
        lines(rows, out, Terminal.isInteractive());
    }

    private static <E extends Exception> void write(RowSource<E> rows, PrintStream out, boolean toPerson) throws E {
        out.print(Csv.line(rows.labels()));
        lines(rows, out, toPerson);
    }

    private static <E extends Exception> void lines(RowSource<E> rows, PrintStream out, boolean toPerson) throws E {
        List<String> labels = rows.labels();
        while (rows.next()) {
            String line = Csv.line(rows.texts(labels.size()));
            out.print(toPerson ? Printable.lines(line.replace("\r\n", "\n")) : line);
        }
    }
}
