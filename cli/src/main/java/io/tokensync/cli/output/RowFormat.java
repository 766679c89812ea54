package io.tokensync.cli.output;

import java.io.PrintStream;

/** How rows are printed; the names are those of the option {@code --format}. */
public enum RowFormat {
    /** Aligned columns for people. */
    table,
    /** RFC 4180, for spreadsheets. */
    csv,
    /** An array of objects. */
    json;

    /** Prints rows as they are read. */
    public <E extends Exception> void print(RowSource<E> rows, PrintStream out) throws E {
        switch (this) {
            case table -> new TableFormat(TableFormat.UNBOUNDED).print(rows, out);
            case csv -> CsvFormat.print(rows, out);
            case json -> JsonFormat.print(rows, out);
        }
    }
}
