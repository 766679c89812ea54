package io.tokensync.monitor.web;

import java.time.Instant;
import java.util.List;

import io.tokensync.monitor.audit.AuditView;
import io.tokensync.monitor.audit.Finding;

/** The findings with their explanations, as the page shows them. */
record AuditPage(String state, Instant at, String problem, List<Shown> findings) {
    /** One finding; the sample is bounded. */
    record Shown(String code, String title, String explanation, long rows, List<String> columns,
            List<List<String>> sample) {
        private static Shown of(Finding finding) {
            return new Shown(finding.kind().code(), finding.kind().title(), finding.kind().explanation(),
                    finding.rows(), finding.columns(), finding.sample());
        }
    }

    static AuditPage of(AuditView audit) {
        return new AuditPage(audit.state().name(), audit.at(), audit.problem(),
                audit.findings().stream().map(Shown::of).toList());
    }
}
