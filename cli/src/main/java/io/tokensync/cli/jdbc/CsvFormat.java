package io.tokensync.cli.jdbc;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import io.tokensync.cli.terminal.Csv;
import io.tokensync.cli.terminal.Printable;
import io.tokensync.cli.terminal.Terminal;

/** CSV with a header line; to a terminal without what it would obey. */
final class CsvFormat implements RowFormat {
    @Override
    public void print(ResultSet rows, PrintStream out) throws SQLException {
        List<String> labels = RowFormat.labels(rows);
        out.print(Csv.line(labels));
        while (rows.next()) {
            String line = Csv.line(RowFormat.values(rows, labels.size()));
            out.print(Terminal.isInteractive() ? Printable.lines(line.replace("\r\n", "\n")) : line);
        }
    }
}
