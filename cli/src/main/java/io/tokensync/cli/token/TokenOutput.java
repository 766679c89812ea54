package io.tokensync.cli.token;

import java.io.PrintStream;
import java.util.List;

import io.tokensync.cli.output.ListedRows;
import io.tokensync.cli.output.TableFormat;
import io.tokensync.cli.terminal.Printable;
import io.tokensync.cli.token.jdbc.TokenTable;
import io.tokensync.monitor.audit.Finding;

/** A report of a token for people. */
final class TokenOutput {
    private final PrintStream out;
    private final int width;

    /** @param width columns that a table may take */
    TokenOutput(PrintStream out, int width) {
        this.out = out;
        this.width = width;
    }

    void print(TokenReport report) {
        out.println("Token " + Printable.line(report.tokenId()));
        table("Held by", report.holders());
        table("Versions, the oldest first, as the table learned of them", report.versions());
        family(report);
        content(report.content());
        findings(report);
        report.verifications().ifPresent(table -> table("Latest verification of its nodes", table));
    }

    private void findings(TokenReport report) {
        report.findings().ifPresentOrElse(found -> found.forEach(this::finding), () -> head("Findings: not asked for"));
        report.unanswered().forEach(missing -> head("Finding: " + missing.text()));
        if (report.findings().filter(List::isEmpty).isPresent() && report.unanswered().isEmpty()) {
            head("Findings: none");
        }
    }

    private void head(String text) {
        out.println();
        out.println(text);
    }

    private void table(String title, TokenTable table) {
        head(title + (table.isEmpty() ? ": nothing" : ""));
        if (!table.isEmpty()) {
            var _ = new TableFormat(width).body(new ListedRows(table.columns(), table.rows()), out);
        }
        if (table.more()) {
            out.println("(and more)");
        }
    }

    private void family(TokenReport report) {
        head("Parents and parts");
        int depth = 0;
        for (FamilyMember ancestor : report.ancestors()) {
            out.println("  ".repeat(depth++) + line(ancestor));
        }
        tree(report.family(), depth);
    }

    private void tree(FamilyMember member, int depth) {
        out.println("  ".repeat(depth) + line(member));
        member.parts().forEach(part -> tree(part, depth + 1));
        if (member.moreParts()) {
            out.println("  ".repeat(depth + 1) + "(and more parts)");
        }
    }

    private static String line(FamilyMember member) {
        String what = member.kind() == null ? "listed by nobody" : member.kind();
        String value = member.value() == null ? "" : ", " + member.value();
        String holders = member.holders().isEmpty() ? "" : ": " + String.join("; ", member.holders());
        return Printable.line(member.tokenId() + "  " + what + value + holders);
    }

    private void content(TokenTable content) {
        head("Content" + (content.isEmpty() ? ": not fetched, or not understood" : ""));
        for (List<String> row : content.rows()) {
            for (int i = 0; i < row.size(); i++) {
                if (row.get(i) != null) {
                    out.println("  " + content.columns().get(i) + ": " + Printable.line(row.get(i)));
                }
            }
        }
    }

    private void finding(Finding finding) {
        head("Finding: " + finding.kind().title());
        out.println(finding.kind().explanation());
        var _ = new TableFormat(width).body(new ListedRows(finding.columns(), finding.sample()), out);
    }
}
