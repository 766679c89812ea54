package io.tokensync.scanner.scan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.session.AgentSeen;
import io.tokensync.common.session.ScanProblem;
import io.tokensync.scanner.batch.ScanOutput;
import io.tokensync.scanner.batch.ScanSession;
import io.tokensync.scanner.deletion.VanishedDatabases;
import io.tokensync.scanner.identity.IdentityException;
import io.tokensync.scanner.publish.TokenPublisher.Batch;
import io.tokensync.scanner.publish.TokenPublisher.SendFuture;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.RowCounts;
import io.tokensync.scanner.report.ScanProgress;
import io.tokensync.scanner.report.ScanReport;
import io.tokensync.scanner.scan.DatabaseSelection.Candidate;
import io.tokensync.scanner.scan.DatabaseSelection.Selection;

/** One cycle over all databases: find them, skip those that have not changed, read and publish the others. */
public final class ScanCycle {
    private final Supplier<ScanSession> sessions;
    private final DatabaseSelection selection;
    private final VanishedDatabases vanished;
    private final Function<Candidate, DatabaseScan> scans;
    private final ScanOutput output;
    private final ScanProgress progress;

    /** @param scans makes the scan of a database */
    ScanCycle(Supplier<ScanSession> sessions, DatabaseSelection selection, VanishedDatabases vanished,
            Function<Candidate, DatabaseScan> scans, ScanOutput output, ScanProgress progress) {
        this.sessions = sessions;
        this.selection = selection;
        this.vanished = vanished;
        this.scans = scans;
        this.output = output;
        this.progress = progress;
    }

    /**
     * Runs the scan cycle.
     *
     * @throws IdentityException when it is not known under which identity to publish
     * @throws InterruptedException when the service closes
     */
    public ScanReport run() throws InterruptedException {
        Instant started = output.clock().instant();
        ScanSession session = sessions.get();
        RowCounts counts = progress.begin();
        Selection selected = selection.select(session);
        List<Problem> problems = new ArrayList<>(selected.discovery().problems());
        problems.addAll(selected.failures());
        problems.addAll(selected.deferred());
        int found = selected.discovery().databases().size();
        int failed = selected.failures().size();
        int unchanged = found - selected.candidates().size() - failed;
        List<SendFuture> receipts = new ArrayList<>();
        receipts.add(output.publisher().publish(Batch.of(new Receipt.ScanCycleStarted(session.sessionId(),
                session.sourceIp(), started, found, selected.candidates().size()))));
        // Behind the announcement, because what it deletes is part of the scan cycle.
        problems.addAll(vanished.resolve(selected.discovery(), session, counts));
        for (Candidate candidate : selected.candidates()) {
            DatabaseScan.Outcome outcome = scans.apply(candidate).run(session, counts);
            problems.addAll(outcome.problems());
            receipts.add(outcome.receipt());
            failed += outcome.read() ? 0 : 1;
            progress.databaseDone();
        }
        ScanReport report = new ScanReport(session.sessionId(), session.sourceIp(), started, output.clock().instant(),
                new ScanReport.Databases(found, found - unchanged - failed, unchanged, failed), counts, problems);
        end(report, receipts);
        progress.end(report);
        return report;
    }

    /** Says that the scan cycle is over when everything before it has been said. */
    private void end(ScanReport report, List<SendFuture> receipts) throws InterruptedException {
        for (SendFuture receipt : receipts) {
            receipt.await();
        }
        ScanReport.Databases databases = report.databases();
        // In an order of their own, so that the same problems are the same hundred in each scan cycle.
        List<ScanProblem> problems = report.problems().stream().filter(problem -> !problem.kind().harmless())
                .map(Problem::toScanProblem)
                .sorted(Comparator.comparing(ScanProblem::path).thenComparing(ScanProblem::kind))
                .limit(AgentSeen.MOST_PROBLEMS)
                .toList();
        output.publisher().publish(Batch.of(new Receipt.ScanCycleEnded(report.sessionId(), report.sourceIp(),
                report.started(), databases.found(), databases.read(), databases.unchanged(), databases.failed(),
                problems))).await();
    }
}
