package io.tokensync.monitor.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import io.tokensync.common.session.EnrichCounts;
import io.tokensync.common.session.InFlightCounts;
import io.tokensync.common.session.ProcessedDatabase;
import io.tokensync.common.session.ScanCounts;
import io.tokensync.common.session.ScanProblem;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.SyncSession;
import io.tokensync.common.session.WriteCounts;

/**
 * What became of a session, one flat object in JSON. The first fields are those of the earlier tool's report.
 *
 * @param totals what the earlier tool counted
 * @param outcome what it made of that
 * @param scanned what else the scanner did
 * @param written what else became of the records
 * @param rowsPerSecond of each stage, over the time in which it worked on the session
 * @param inFlight published and not accounted for
 */
public record SessionReport(@JsonUnwrapped Totals totals, @JsonUnwrapped Outcome outcome, String sessionId,
        String sourceIp, SessionStatus status, @JsonUnwrapped Scanned scanned, @JsonUnwrapped Written written,
        Rates rowsPerSecond, InFlightCounts inFlight, List<ProcessedDatabase> databases) {
    private static final double MILLIS = 1000.0;
    private static final double PERCENT = 100.0;

    /**
     * The counts of the earlier tool.
     *
     * @param totalRecordsProcessed rows that were published or rejected; those that are as they were are read, and no more
     * @param totalIpfsSuccess rows with verified content
     * @param totalIpfsFailures rows that went on without
     * @param totalSqlInserts rows that were new to the table
     * @param totalSqlErrors records that the database rejected
     * @param totalValidationErrors rows written with something in {@code validation_errors}
     */
    public record Totals(int totalDatabasesFound, int totalDatabasesProcessed, long totalRecordsProcessed,
            long totalIpfsSuccess, long totalIpfsFailures, long totalSqlInserts, long totalSqlErrors,
            long totalValidationErrors) {
        private static Totals of(SyncSession session) {
            EnrichCounts enriched = session.enriched();
            WriteCounts written = session.written();
            return new Totals(session.databases().found(), session.databases().read(), session.scan().processed(),
                    enriched.fetched(), enriched.withoutContent(), written.inserted(), written.deadLettered(),
                    written.flawed());
        }
    }

    /**
     * How long it took and how much of it arrived.
     *
     * @param endTime when everything was accounted for; null before
     * @param errors what was dead-lettered or could not be read
     * @param recordsPerSecond of those processed
     * @param ipfsSuccessRate percent, as the other
     */
    public record Outcome(Instant startTime, Instant endTime, List<Failure> errors, double durationSeconds,
            double recordsPerSecond, double ipfsSuccessRate, double sqlSuccessRate, long totalErrors) {
        private static Outcome of(SyncSession session) {
            ScanCounts scan = session.scan();
            EnrichCounts enriched = session.enriched();
            WriteCounts written = session.written();
            Instant end = session.accountedAt() == null ? session.movedAt() : session.accountedAt();
            double seconds = Duration.between(session.startedAt(), end).toMillis() / MILLIS;
            return new Outcome(session.startedAt(), session.accountedAt(), failures(session), seconds,
                    seconds <= 0 ? 0 : scan.processed() / seconds,
                    share(enriched.fetched(), enriched.fetched() + enriched.withoutContent()),
                    share(written.written(), written.rows()),
                    scan.rejectedNow() + enriched.deadLettered() + written.deadLettered() + session.problems().size());
        }
    }

    /**
     * Something that did not arrive.
     *
     * @param type {@code ipfs}, {@code database}, {@code validation} or {@code system}
     * @param message what, in a few words
     * @param context where, or how many
     */
    public record Failure(Instant timestamp, String type, String message, String context) {}

    /**
     * What the scanner did.
     *
     * @param totalRecordsRead rows read from the nodes
     */
    public record Scanned(long totalRecordsRead, long published, long unchangedOnNode, long rejected) {}

    /** What became of the records. */
    public record Written(long totalSqlUpdates, long unchangedInTable, long stale, long superseded, long deadLettered,
            long contentUpdates) {}

    /** Rows per second. */
    public record Rates(double scanner, double enricher, double writer) {}

    /** The report of a session and its databases as they stand. */
    public static SessionReport of(SyncSession session, List<ProcessedDatabase> databases) {
        ScanCounts scan = session.scan();
        EnrichCounts enriched = session.enriched();
        WriteCounts written = session.written();
        return new SessionReport(Totals.of(session), Outcome.of(session), session.sessionId(), session.sourceIp(),
                session.status(),
                new Scanned(scan.read(), scan.published(), scan.unchanged(), scan.rejectedNow()),
                new Written(written.updated(), written.unchanged(), written.stale(), written.superseded(),
                        enriched.deadLettered() + written.deadLettered(), written.contentUpdates()),
                new Rates(session.scanSpan().rate(scan.published()), session.enrichSpan().rate(enriched.rows()),
                        session.writeSpan().rate(written.rows())),
                session.inFlight(), databases);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? PERCENT : PERCENT * part / whole;
    }

    private static List<Failure> failures(SyncSession session) {
        List<Failure> errors = new ArrayList<>();
        Instant at = session.movedAt();
        for (ScanProblem problem : session.problems()) {
            errors.add(new Failure(at, "database", problem.kind() + ": " + problem.reason(), problem.path()));
        }
        counts(errors, at, "validation", session.scan().rejected());
        counts(errors, at, "ipfs", session.enriched().failed());
        counts(errors, at, "system", session.enriched().deadLetters());
        counts(errors, at, "database", session.written().deadLetters());
        return errors;
    }

    private static void counts(List<Failure> errors, Instant at, String type, Map<String, Long> byReason) {
        byReason.forEach((reason, count) -> errors.add(new Failure(at, type, reason, count + " rows")));
    }
}
