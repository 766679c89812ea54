package io.tokensync.monitor.web;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.tokensync.monitor.audit.AuditView;
import io.tokensync.monitor.audit.AuditView.Open;
import io.tokensync.monitor.audit.Finding;
import io.tokensync.monitor.audit.FindingKind;

/** The findings with their explanations, as the page shows them. */
record AuditPage(String state, Instant at, String problem, List<Shown> findings) {
    /**
     * One finding; the sample is bounded.
     *
     * @param rows how many; null when the kind was never answered
     * @param noAnswer why the last audit has nothing to say of it; null when it has
     * @param answeredAt in that case, when it was asked for the last time that there was an answer
     */
    record Shown(String code, String title, String explanation, Long rows, List<String> columns,
            List<List<String>> sample, String noAnswer, Instant answeredAt) {
        private static Optional<Shown> of(FindingKind kind, AuditView audit) {
            Optional<Finding> finding = audit.finding(kind);
            Optional<Open> open = audit.open(kind);
            if (finding.isEmpty() && open.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new Shown(kind.code(), kind.title(), kind.explanation(),
                    finding.map(Finding::rows).orElse(null), finding.map(Finding::columns).orElse(List.of()),
                    finding.map(Finding::sample).orElse(List.of()),
                    open.map(one -> one.missing().reason()).orElse(null), open.map(Open::answered).orElse(null)));
        }
    }

    static AuditPage of(AuditView audit) {
        return new AuditPage(audit.state().name(), audit.at(), audit.problem(),
                Arrays.stream(FindingKind.values()).flatMap(kind -> Shown.of(kind, audit).stream()).toList());
    }
}
