package io.tokensync.standalone.demo;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.tokensync.monitor.audit.AuditAnswers;
import io.tokensync.monitor.audit.AuditException;
import io.tokensync.monitor.audit.AuditSettings;
import io.tokensync.monitor.audit.Finding;
import io.tokensync.monitor.audit.FindingKind;
import io.tokensync.monitor.audit.Rows;
import io.tokensync.monitor.audit.Unanswered;
import io.tokensync.monitor.audit.jdbc.AuditDatabase;
import io.tokensync.standalone.data.jdbc.EmbeddedDatabase;

/**
 * What the audit finds in the demo's table: the contradictions that the simulator has put into its nodes.
 *
 * @param findings of kinds of which something was found
 * @param unanswered kinds of which nobody knows whether there is something
 */
public record DemoFindings(List<Finding> findings, List<Unanswered> unanswered) {

    /** Asks the database of a data directory that this process has open. */
    public static DemoFindings in(Path data, Clock clock) throws AuditException {
        AuditAnswers answers = new AuditDatabase(EmbeddedDatabase.of(data).settings(), AuditSettings.QUIET, clock,
                "with more time asks: ./tokensync audit --kind KIND --timeout DURATION")
                .find(List.of(FindingKind.values()), Rows.first(1));
        return new DemoFindings(answers.findings().stream().filter(finding -> finding.rows() > 0).toList(),
                answers.unanswered());
    }

    /**
     * A line for each kind that was found, or not answered.
     *
     * @param data as the commands should name the data directory
     */
    public List<String> lines(Path data) {
        List<String> lines = new ArrayList<>();
        if (!findings.isEmpty()) {
            lines.add("what the audit finds in it, because these nodes say so, and how to see the rows:");
        } else if (unanswered.isEmpty()) {
            lines.add("the audit finds no contradiction in it");
        } else {
            lines.add("the audit finds no contradiction in it as far as it was answered");
        }
        for (Finding finding : findings) {
            lines.add(String.format(Locale.ROOT, "  %,7d  %s", finding.rows(), finding.kind().title()));
            lines.add("           ./tokensync audit --data " + data + " --kind " + finding.kind().code());
        }
        unanswered.forEach(missing -> lines.add("  " + missing.text()));
        return lines;
    }
}
