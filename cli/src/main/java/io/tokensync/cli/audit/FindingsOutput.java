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
import io.tokensync.monitor.audit.AuditAnswers;
import io.tokensync.monitor.audit.Finding;
import io.tokensync.monitor.audit.FindingKind;
import io.tokensync.monitor.audit.KindAnswer;
import io.tokensync.monitor.audit.Unanswered;

/** Findings as a table of each kind, as one CSV over all kinds, or as JSON. */
final class FindingsOutput {
    private static final String KIND = "kind";
    private static final String NO_ANSWER = "no_answer";

    private final PrintStream out;
    private final int width;
    private boolean cut;

    /** @param width columns that a table may take */
    FindingsOutput(PrintStream out, int width) {
        this.out = out;
        this.width = width;
    }

    void print(AuditAnswers answers, RowFormat format) {
        switch (format) {
            case table -> tables(answers);
            case csv -> csv(answers);
            case json -> json(answers);
        }
    }

    private void tables(AuditAnswers answers) {
        for (KindAnswer answer : answers.each()) {
            switch (answer) {
                case Finding finding -> table(finding);
                case Unanswered missing -> out.println(missing.kind().title() + ": no answer; " + missing.reason());
            }
        }
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

    /**
     * Kinds differ in their columns: a row has those of all kinds, and is empty where its kind has no such column.
     * A kind without an answer is a row of its own, with the reason in a column that there is then.
     */
    private void csv(AuditAnswers answers) {
        Set<String> columns = new LinkedHashSet<>();
        answers.findings().stream().filter(finding -> finding.rows() > 0)
                .forEach(finding -> columns.addAll(finding.columns()));
        if (!answers.isComplete()) {
            columns.add(NO_ANSWER);
        }
        List<List<String>> rows = new ArrayList<>();
        for (KindAnswer answer : answers.each()) {
            switch (answer) {
                case Finding finding -> finding.sample()
                        .forEach(values -> rows.add(row(finding.kind(), columns, finding.columns(), values)));
                case Unanswered missing ->
                    rows.add(row(missing.kind(), columns, List.of(NO_ANSWER), List.of(missing.reason())));
            }
        }
        List<String> labels = new ArrayList<>(List.of(KIND));
        labels.addAll(columns);
        CsvFormat.print(new ListedRows(labels, rows), out);
    }

    private static List<String> row(FindingKind kind, Set<String> columns, List<String> own, List<String> values) {
        List<String> row = new ArrayList<>(List.of(kind.code()));
        for (String column : columns) {
            int at = own.indexOf(column);
            row.add(at < 0 ? null : values.get(at));
        }
        return row;
    }

    private void json(AuditAnswers answers) {
        try (JsonGenerator json = JsonFormat.generator(out)) {
            json.writeStartArray();
            for (KindAnswer answer : answers.each()) {
                json.writeStartObject();
                json.writeStringProperty(KIND, answer.kind().code());
                json.writeStringProperty("title", answer.kind().title());
                json.writeStringProperty("explanation", answer.kind().explanation());
                switch (answer) {
                    case Finding finding -> json(finding, json);
                    case Unanswered missing -> json(missing, json);
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        out.println();
    }

    private static void json(Finding finding, JsonGenerator json) {
        json.writeNumberProperty("rows_found", finding.rows());
        json.writeNullProperty(NO_ANSWER);
        json.writeName("rows");
        JsonFormat.write(new ListedRows(finding.columns(), finding.sample()), json);
    }

    /** Neither a number nor an empty list of rows, which would say that nothing was found. */
    private static void json(Unanswered missing, JsonGenerator json) {
        json.writeNullProperty("rows_found");
        json.writeStringProperty(NO_ANSWER, missing.reason());
        json.writeNullProperty("rows");
    }
}
