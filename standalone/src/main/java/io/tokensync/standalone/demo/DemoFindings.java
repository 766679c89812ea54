package io.tokensync.standalone.demo;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.tokensync.monitor.audit.AuditException;
import io.tokensync.monitor.audit.AuditSettings;
import io.tokensync.monitor.audit.Finding;
import io.tokensync.monitor.audit.FindingKind;
import io.tokensync.monitor.audit.Rows;
import io.tokensync.monitor.audit.jdbc.AuditDatabase;
import io.tokensync.standalone.data.jdbc.EmbeddedDatabase;

/** What the audit finds in the demo's table: the contradictions that the simulator has put into its nodes. */
public record DemoFindings(List<Finding> findings) {

    /** Asks the database of a data directory that this process has open. */
    public static DemoFindings in(Path data, Clock clock) throws AuditException {
        return new DemoFindings(new AuditDatabase(EmbeddedDatabase.of(data).settings(), AuditSettings.QUIET, clock)
                .find(List.of(FindingKind.values()), Rows.first(1)).stream().filter(finding -> finding.rows() > 0)
                .toList());
    }

    /**
     * A line for each kind that was found.
     *
     * @param data as the commands should name the data directory
     */
    public List<String> lines(Path data) {
        List<String> lines = new ArrayList<>();
        lines.add(findings.isEmpty()
                ? "the audit finds no contradiction in it"
                : "what the audit finds in it, because these nodes say so, and how to see the rows:");
        for (Finding finding : findings) {
            lines.add(String.format(Locale.ROOT, "  %,7d  %s", finding.rows(), finding.kind().title()));
            lines.add("           ./tokensync audit --data " + data + " --kind " + finding.kind().code());
        }
        return lines;
    }
}
