package io.tokensync.common.session;

import java.util.Objects;

import io.tokensync.common.model.FieldCheck;

/**
 * Sessions together.
 *
 * @param sessions how many
 * @param scan what the scanner did in them
 * @param enriched what the enricher did
 * @param written what the writer did
 */
public record SessionTotals(long sessions, ScanCounts scan, EnrichCounts enriched, WriteCounts written) {
    public static final SessionTotals NONE = new SessionTotals(0, ScanCounts.NONE, EnrichCounts.NONE, WriteCounts.NONE);

    public SessionTotals {
        Objects.requireNonNull(scan, "scan");
        Objects.requireNonNull(enriched, "enriched");
        Objects.requireNonNull(written, "written");
    }

    /** Looks at the counts. */
    void check(FieldCheck fields) {
        fields.count("past.sessions", sessions);
        scan.check(fields);
        enriched.check(fields);
        written.check(fields);
    }

    /** With one more. */
    public SessionTotals plus(SyncSession session) {
        return plus(new SessionTotals(1, session.scan(), session.enriched(), session.written()));
    }

    /** Both together. */
    public SessionTotals plus(SessionTotals other) {
        return new SessionTotals(BoundedSum.plus(sessions, other.sessions), scan.plus(other.scan),
                enriched.plus(other.enriched),
                written.plus(other.written));
    }
}
