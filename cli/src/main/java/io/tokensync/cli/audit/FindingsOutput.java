package io.tokensync.cli.audit;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import tools.jackson.core.JsonGenerator;

import io.tokensync.cli.output.CsvFormat;
import io.tokensync.cli.output.JsonFormat;
import io.tokensync.cli.output.ListedRows;
import io.tokensync.cli.output.RowFormat;
import io.tokensync.cli.output.TableFormat;
import io.tokensync.monitor.audit.Finding;

/** Findings as a table of each kind, as one CSV over all kinds, or as JSON. */
final class FindingsOutput {
    private static final String KIND = "kind";

    private final PrintStream out;
    private final int width;
    private boolean cut;

    /** @param width columns that a table may take */
    FindingsOutput(PrintStream out, int width) {
        this.out = out;
        this.width = width;
    }

    void print(List<Finding> findings, RowFormat format) {
        switch (format) {
            case table -> tables(findings);
            case csv -> csv(findings);
            case json -> json(findings);
        }
    }

    private void tables(List<Finding> findings) {
        findings.forEach(this::table);
        if (cut) {
            out.println("(values are cut to the width of the terminal; --format csv or json has them whole)");
        }
    }

    private void table(Finding finding) {
        if (finding.rows() == 0) {
            out.println(finding.kind().title() + ": none");
            return;
        }
        out.printf(Locale.ROOT, "%s: %,d row%s%n", finding.kind().title(), finding.rows(),
                finding.rows() == 1 ? "" : "s");
        out.println(finding.kind().explanation());
        if (!finding.sample().isEmpty()) {
            out.println();
            cut |= new TableFormat(width).body(new ListedRows(finding.columns(), finding.sample()), out).cut();
        }
        if (finding.rows() > finding.sample().size()) {
            out.printf(Locale.ROOT, "(%,d of %,d rows; the others with --kind %s --limit ROWS --offset ROWS)%n",
                    finding.sample().size(), finding.rows(), finding.kind().code());
        }
        out.println();
    }

    /** Kinds differ in their columns: a row has those of all kinds, and is empty where its kind has no such column. */
    private void csv(List<Finding> findings) {
        Set<String> columns = new LinkedHashSet<>();
        findings.stream().filter(finding -> finding.rows() > 0).forEach(finding -> columns.addAll(finding.columns()));
        List<List<String>> rows = new ArrayList<>();
        for (Finding finding : findings) {
            for (List<String> values : finding.sample()) {
                List<String> row = new ArrayList<>(List.of(finding.kind().code()));
                for (String column : columns) {
                    int at = finding.columns().indexOf(column);
                    row.add(at < 0 ? null : values.get(at));
                }
                rows.add(row);
            }
        }
        List<String> labels = new ArrayList<>(List.of(KIND));
        labels.addAll(columns);
        CsvFormat.print(new ListedRows(labels, rows), out);
    }

    private void json(List<Finding> findings) {
        try (JsonGenerator json = JsonFormat.generator(out)) {
            json.writeStartArray();
            for (Finding finding : findings) {
                json.writeStartObject();
                json.writeStringProperty(KIND, finding.kind().code());
                json.writeStringProperty("title", finding.kind().title());
                json.writeStringProperty("explanation", finding.kind().explanation());
                json.writeNumberProperty("rows_found", finding.rows());
                json.writeName("rows");
                JsonFormat.write(new ListedRows(finding.columns(), finding.sample()), json);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        out.println();
    }
}
