package io.tokensync.monitor.reconciliation;

import java.time.Instant;
import java.util.Map;

import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.ReceiptScope;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.common.session.EnrichCounts;
import io.tokensync.common.session.InFlightCounts;
import io.tokensync.common.session.ProcessedDatabase;
import io.tokensync.common.session.ScanCounts;
import io.tokensync.common.session.ScanProblem;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.StageSpan;
import io.tokensync.common.session.WriteCounts;

/**
 * What is known of one database in one session. The same receipts in any order, any of them repeated, make the same sets
 * and so the same answer to whether everything has arrived; a record counts when it is first named, and not again. Wide,
 * because it is flat in the store, where it outlives releases.
 *
 * @param scope which database, which session
 * @param startedAt when its scan began; null before the scanner's first receipt
 * @param lastModified newest modification of the database; null before
 * @param scan the scanner's latest count
 * @param ended whether its scan is over
 * @param problem why it broke off; null when it did not
 * @param published what the broker has acknowledged to the scanner
 * @param enriched what the enricher has handled
 * @param accountedFor what the writer has handled, or a stage dead-lettered
 * @param enrichCounts counts of {@code enriched}
 * @param writeCounts counts of what the writer has handled
 * @param scanSpan when the scanner worked
 * @param enrichSpan when the enricher worked
 * @param writeSpan when the writer worked
 * @param movedAt the last receipt that said anything new
 * @param waitingSince the last time that published records were accounted for, or first became unaccounted; null when all are
 * @param accountedAt when everything was accounted for; null before
 */
public record DatabaseState(ReceiptScope scope, Instant startedAt, Instant lastModified, ScanCounts scan, boolean ended,
        ScanProblem problem, VersionSet published, VersionSet enriched, VersionSet accountedFor,
        EnrichCounts enrichCounts,
        WriteCounts writeCounts, StageSpan scanSpan, StageSpan enrichSpan, StageSpan writeSpan, Instant movedAt,
        Instant waitingSince, Instant accountedAt) {

    /** Nothing is known but that it exists. */
    public static DatabaseState of(ReceiptScope scope, Instant at) {
        return new DatabaseState(scope, null, null, ScanCounts.NONE, false, null, VersionSet.NONE, VersionSet.NONE,
                VersionSet.NONE, EnrichCounts.NONE, WriteCounts.NONE, StageSpan.NONE, StageSpan.NONE, StageSpan.NONE,
                at,
                null, null);
    }

    /** What is known after this receipt of the scanner. */
    public DatabaseState with(Receipt.DatabaseScanned receipt, Instant at) {
        boolean later = receipt.scan().read() > scan.read() || receipt.scan().published() > scan.published()
                || (receipt.ended() && !ended);
        return new DatabaseState(scope, receipt.startedAt(), receipt.lastModified(), later ? receipt.scan() : scan,
                ended || receipt.ended(), receipt.problem() == null ? problem : receipt.problem(),
                published.plus(receipt.versions()), enriched, accountedFor, enrichCounts, writeCounts,
                scanSpan.with(at),
                enrichSpan, writeSpan, movedAt, waitingSince, accountedAt).moved(this, at);
    }

    /** What is known after this receipt of the enricher. */
    public DatabaseState with(Receipt.Enriched receipt, Instant at) {
        VersionSet fresh = receipt.versions().minus(enriched);
        EnrichCounts counted = Recount.toRows(receipt.counts(), fresh.size());
        return new DatabaseState(scope, startedAt, lastModified, scan, ended, problem, published,
                enriched.plus(fresh), accountedFor.plus(receipt.dead()), enrichCounts.plus(counted), writeCounts,
                scanSpan,
                enrichSpan.with(at), writeSpan, movedAt, waitingSince, accountedAt).moved(this, at);
    }

    /** What is known after this receipt of the writer. */
    public DatabaseState with(Receipt.Written receipt, Instant at) {
        VersionSet fresh = receipt.versions().minus(accountedFor);
        WriteCounts counted = Recount.toRows(receipt.counts(), fresh.size());
        return new DatabaseState(scope, startedAt, lastModified, scan, ended, problem, published, enriched,
                accountedFor.plus(fresh), enrichCounts, writeCounts.plus(counted), scanSpan, enrichSpan,
                writeSpan.with(at), movedAt, waitingSince, accountedAt).moved(this, at);
    }

    /** Whether its scan is over, all its receipts have come, and everything that it published is accounted for. */
    public boolean isDone() {
        return ended && published.size() >= scan.published() && published.minus(accountedFor).isEmpty();
    }

    /** Whether anything of it was published or rejected, or is known to have been. */
    public boolean hasMoved() {
        return !published.isEmpty() || scan.published() > 0 || scan.rejectedNow() > 0 || !enriched.isEmpty()
                || !accountedFor.isEmpty();
    }

    /** Whether rows of it were dead-lettered, or it was not read to its end. */
    public boolean hasErrors() {
        return problem != null || scan.rejectedNow() > 0 || enrichCounts.deadLettered() > 0
                || writeCounts.deadLettered() > 0;
    }

    /**
     * What the scanner did: what it has counted, and the records that stages behind it have had without its word. They come
     * before its receipt, or instead of it: an agent may die behind the broker's answer.
     */
    public ScanCounts scanned() {
        long untold = enriched.plus(accountedFor).minus(published).size();
        return untold == 0 ? scan : scan.plus(new ScanCounts(untold, 0, untold, 0, 0, Map.of(), 0));
    }

    /** What is published and not accounted for. */
    public InFlightCounts inFlight() {
        VersionSet unaccounted = published.minus(accountedFor);
        if (unaccounted.isEmpty()) {
            return InFlightCounts.NOTHING;
        }
        long toEnricher = unaccounted.minus(enriched).size();
        return new InFlightCounts(toEnricher, unaccounted.size() - toEnricher, waitingSince);
    }

    /** The session summary of it, in a session that the agent has announced. */
    public ProcessedDatabase summary(SessionStatus session, long revision) {
        SessionStatus status = isDone()
                ? hasErrors() ? SessionStatus.COMPLETED_WITH_ERRORS : SessionStatus.COMPLETED
                : session.isComplete() ? SessionStatus.RUNNING : session;
        return new ProcessedDatabase(scope.sessionId(), scope.sourceIp(), scope.nodeName(), scope.dbPath(), revision,
                status, startedAt, ended ? scanSpan.last() : null, lastModified, movedAt, accountedAt, scanned(),
                enrichCounts,
                writeCounts, inFlight(), problem, true);
    }

    private DatabaseState moved(DatabaseState before, Instant at) {
        if (published.equals(before.published) && accountedFor.equals(before.accountedFor)
                && enriched.equals(before.enriched)
                && scan.equals(before.scan) && ended == before.ended) {
            // Said before: a replay. Late content is the one thing that it may bring.
            return new DatabaseState(scope, startedAt, lastModified, scan, ended, problem, published, enriched,
                    accountedFor,
                    enrichCounts, writeCounts, before.scanSpan, before.enrichSpan, before.writeSpan, before.movedAt,
                    before.waitingSince, before.accountedAt);
        }
        boolean nothingWaits = published.minus(accountedFor).isEmpty();
        boolean progress = before.waitingSince == null || !accountedFor.equals(before.accountedFor)
                || !enriched.equals(before.enriched);
        Instant waiting = nothingWaits ? null : progress ? at : before.waitingSince;
        Instant done = isDone() ? before.accountedAt == null ? at : before.accountedAt : null;
        return new DatabaseState(scope, startedAt, lastModified, scan, ended, problem, published, enriched,
                accountedFor,
                enrichCounts, writeCounts, scanSpan, enrichSpan, writeSpan, later(before.movedAt, at), waiting, done);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }
}
