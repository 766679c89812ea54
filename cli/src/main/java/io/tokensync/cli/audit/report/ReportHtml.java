package io.tokensync.cli.audit.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.tokensync.cli.terminal.Printable;

/** The report as one page that asks for nothing else, to be read and to be printed. */
public final class ReportHtml {
    private static final int LONG = 30;

    private final StringBuilder html = new StringBuilder();

    private ReportHtml() {}

    /** The page. */
    public static String text(AuditReport report) {
        ReportHtml page = new ReportHtml();
        page.head(report);
        page.summary(report);
        report.sections().stream().filter(section -> !isEmptyFinding(section)).forEach(page::section);
        page.nothingFound(report);
        page.html.append("</main>\n</body>\n</html>\n");
        return page.html.toString();
    }

    private static boolean isEmptyFinding(Section section) {
        return section.code().startsWith(AuditReport.FINDING) && section.rowsFound() == 0
                && section.noAnswer().isEmpty();
    }

    private void head(AuditReport report) {
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Audit report, ")
                .append(escaped(report.asOf().toString())).append("</title>\n<style>\n").append(style())
                .append("</style>\n</head>\n<body>\n<main>\n<h1>Audit report of a table of Rubix tokens</h1>\n");
    }

    private void summary(AuditReport report) {
        html.append("<dl>\n");
        entry("As of", report.asOf() + " (UTC; the last question was answered " + report.until() + ")");
        entry("Table", report.database());
        entry("Machines and nodes", rows(report, "machines") + " and " + rows(report, "nodes"));
        entry("Findings", findings(report.findings()));
        if (!report.unanswered().isEmpty()) {
            entry("Not answered", report.unanswered().stream().map(Section::title).collect(Collectors.joining("; "))
                    + ": whether there is something of it, this report does not know");
        }
        entry("Digest", report.digest());
        html.append(
                "</dl>\n<p>The digest is the SHA-256 of all that this report says. Keep it elsewhere: who can change the "
                        + "report can compute another one. <code>tokensync audit report --verify FILE</code> compares a report in JSON "
                        + "with its digest, and with what the table gives then.</p>\n");
    }

    private static String findings(List<Section> findings) {
        return findings.isEmpty()
                ? "none"
                : findings.size() + (findings.size() == 1 ? " kind, " : " kinds, ")
                        + number(findings.stream().mapToLong(Section::rowsFound).sum()) + " rows";
    }

    private static String rows(AuditReport report, String section) {
        return report.section(section).map(found -> number(found.rowsFound())).orElse("0");
    }

    private void entry(String term, String text) {
        html.append("<dt>").append(escaped(term)).append("</dt><dd>").append(escaped(text)).append("</dd>\n");
    }

    private void section(Section section) {
        html.append("<section>\n<h2>").append(escaped(section.title()));
        if (section.noAnswer().isPresent()) {
            html.append(": no answer");
        } else if (section.code().startsWith(AuditReport.FINDING)) {
            html.append(": ").append(number(section.rowsFound())).append(section.rowsFound() == 1 ? " row" : " rows");
        }
        html.append("</h2>\n<p>").append(escaped(section.explanation())).append("</p>\n");
        section.noAnswer().ifPresent(reason -> html.append("<p class=\"more\">It was asked for, and not answered: ")
                .append(escaped(reason)).append("</p>\n"));
        if (!section.rows().isEmpty()) {
            table(section);
        }
        if (section.rowsFound() > section.rows().size()) {
            html.append("<p class=\"more\">The first ").append(number(section.rows().size())).append(" of ")
                    .append(number(section.rowsFound())).append(" rows; all of them: <code>tokensync audit --kind ")
                    .append(escaped(section.code().replace(AuditReport.FINDING, ""))).append("</code></p>\n");
        }
        html.append("</section>\n");
    }

    private void table(Section section) {
        html.append("<div class=\"scroll\"><table>\n<thead><tr>");
        section.columns().forEach(column -> html.append("<th scope=\"col\">").append(escaped(column.replace('_', ' ')))
                .append("</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : section.rows()) {
            html.append("<tr>");
            row.forEach(this::cell);
            html.append("</tr>\n");
        }
        html.append("</tbody>\n</table></div>\n");
    }

    private void cell(String value) {
        if (value == null) {
            html.append("<td class=\"none\">–</td>");
        } else {
            html.append(value.length() > LONG && value.indexOf(' ') < 0 ? "<td class=\"id\">" : "<td>")
                    .append(escaped(value)).append("</td>");
        }
    }

    private void nothingFound(AuditReport report) {
        List<Section> empty = report.sections().stream().filter(ReportHtml::isEmptyFinding).toList();
        if (empty.isEmpty()) {
            return;
        }
        html.append("<section>\n<h2>Asked for, and not found</h2>\n<ul>\n");
        empty.forEach(section -> html.append("<li>").append(escaped(section.title())).append("</li>\n"));
        html.append("</ul>\n</section>\n");
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Text from nodes; what would be taken for markup, or turns the direction of text, is only shown. */
    private static String escaped(String text) {
        return Printable.lines(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                .replace("\"", "&quot;").replace("'", "&#39;");
    }

    private static String style() {
        try (InputStream in = ReportHtml.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
