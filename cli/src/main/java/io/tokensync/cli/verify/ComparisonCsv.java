package io.tokensync.cli.verify;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

import io.tokensync.cli.output.CsvFormat;
import io.tokensync.cli.output.ListedRows;
import io.tokensync.cli.verify.RowDifference.Kind;

/** All differences as CSV, a line for each field of each row; and beside it, for people, what comes of it. */
final class ComparisonCsv implements ComparisonOutput {
    private final PrintStream out;
    private final ComparisonText beside;

    /** @param err where people read */
    ComparisonCsv(PrintStream out, PrintStream err) {
        this.out = out;
        this.beside = new ComparisonText(err, 0);
    }

    @Override
    public void begin(Compared compared) {
        beside.begin(compared);
        CsvFormat.print(new ListedRows(LABELS, List.of()), out);
    }

    @Override
    public void add(RowDifference difference) {
        CsvFormat.printMore(ComparisonOutput.rows(difference), out);
    }

    @Override
    public void end(Compared compared, Map<Kind, Long> counts) {
        out.flush();
        beside.end(compared, counts);
    }
}
