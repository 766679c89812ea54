package io.tokensync.monitor.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.tokensync.common.session.InFlightCounts;
import io.tokensync.common.session.ProcessedDatabase;
import io.tokensync.common.session.ScanProblem;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.SyncSession;

/**
 * What became of a session. The first fields are those of the earlier tool's report; rates are rows per second, success
 * rates percent.
 *
 * @param totalRecordsProcessed rows that were published or rejected; those that are as they were are read, and no more
 * @param totalIpfsSuccess rows with verified content
 * @param totalIpfsFailures rows that went on without
 * @param totalSqlInserts rows that were new to the table
 * @param totalSqlErrors records that the database rejected
 * @param totalValidationErrors rows written with something in {@code validation_errors}
 * @param totalRecordsRead rows read from the nodes
 * @param endTime when everything was accounted for; null before
 * @param errors what was dead-lettered or could not be read
 * @param rowsPerSecond of each stage, over the time in which it worked on the session
 * @param inFlight published and not accounted for
 */
public record SessionReport(int totalDatabasesFound, int totalDatabasesProcessed, long totalRecordsProcessed,
        long totalIpfsSuccess, long totalIpfsFailures, long totalSqlInserts, long totalSqlErrors,
        long totalValidationErrors, Instant startTime, Instant endTime, List<Failure> errors, double durationSeconds,
        double recordsPerSecond, double ipfsSuccessRate, double sqlSuccessRate, long totalErrors, String sessionId,
        String sourceIp, SessionStatus status, long totalRecordsRead, long published, long unchangedOnNode,
        long rejected, long totalSqlUpdates,
        long unchangedInTable, long stale, long superseded, long deadLettered, long contentUpdates,
        Map<String, Double> rowsPerSecond, InFlightCounts inFlight, List<ProcessedDatabase> databases) {
    private static final double MILLIS = 1000.0;
    private static final double PERCENT = 100.0;

    /**
     * Something that did not arrive.
     *
     * @param type {@code ipfs}, {@code database}, {@code validation} or {@code system}
     * @param message what, in a few words
     * @param context where, or how many
     */
    public record Failure(Instant timestamp, String type, String message, String context) {}

    /** The report of a session and its databases as they stand. */
    public static SessionReport of(SyncSession session, List<ProcessedDatabase> databases) {
        var scan = session.scan();
        var enriched = session.enriched();
        var written = session.written();
        List<Failure> errors = errors(session);
        Instant end = session.accountedAt() == null ? session.movedAt() : session.accountedAt();
        double seconds = Duration.between(session.startedAt(), end).toMillis() / MILLIS;
        return new SessionReport(session.databases().found(), session.databases().read(), scan.processed(),
                enriched.fetched(), enriched.withoutContent(), written.inserted(), written.deadLettered(),
                written.flawed(), session.startedAt(), session.accountedAt(), errors, seconds,
                seconds <= 0 ? 0 : scan.processed() / seconds,
                share(enriched.fetched(), enriched.fetched() + enriched.withoutContent()),
                share(written.written(), written.rows()),
                scan.rejectedNow() + enriched.deadLettered() + written.deadLettered() + session.problems().size(),
                session.sessionId(), session.sourceIp(), session.status(), scan.read(), scan.published(),
                scan.unchanged(),
                scan.rejectedNow(), written.updated(), written.unchanged(), written.stale(), written.superseded(),
                enriched.deadLettered() + written.deadLettered(), written.contentUpdates(),
                Map.of("scanner", session.scanSpan().rate(scan.published()), "enricher",
                        session.enrichSpan().rate(enriched.rows()), "writer",
                        session.writeSpan().rate(written.rows())),
                session.inFlight(), databases);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? PERCENT : PERCENT * part / whole;
    }

    private static List<Failure> errors(SyncSession session) {
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
