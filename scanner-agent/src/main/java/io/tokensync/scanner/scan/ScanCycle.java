package io.tokensync.scanner.scan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.session.AgentSeen;
import io.tokensync.common.session.ScanProblem;
import io.tokensync.scanner.batch.ScanSession;
import io.tokensync.scanner.batch.ScanTools;
import io.tokensync.scanner.deletion.VanishedDatabases;
import io.tokensync.scanner.discovery.DatabaseFinder;
import io.tokensync.scanner.discovery.Discovery;
import io.tokensync.scanner.discovery.NodeDatabase;
import io.tokensync.scanner.identity.IdentityException;
import io.tokensync.scanner.identity.SourceIdentity;
import io.tokensync.scanner.publish.TokenPublisher.Batch;
import io.tokensync.scanner.publish.TokenPublisher.SendFuture;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.RowCounts;
import io.tokensync.scanner.report.ScanProgress;
import io.tokensync.scanner.report.ScanReport;
import io.tokensync.scanner.source.sqlite.ChangeWatch;
import io.tokensync.scanner.source.sqlite.DatabaseProblemException;
import io.tokensync.scanner.state.DatabaseStore;

/** One cycle over all databases: find them, skip those that have not changed, read and publish the others. */
public final class ScanCycle {
    private final ScanTools tools;
    private final DatabaseFinder finder;
    private final SourceIdentity identity;
    private final Supplier<UUID> sessionIds;
    private final ScanProgress progress;

    ScanCycle(ScanTools tools, DatabaseFinder finder, SourceIdentity identity, Supplier<UUID> sessionIds,
            ScanProgress progress) {
        this.tools = tools;
        this.finder = finder;
        this.identity = identity;
        this.sessionIds = sessionIds;
        this.progress = progress;
    }

    /** A database whose rows must be read. */
    private record Candidate(NodeDatabase database, DatabaseStore store) {}

    /**
     * Runs the scan cycle.
     *
     * @throws IdentityException when it is not known under which identity to publish
     * @throws InterruptedException when the service closes
     */
    public ScanReport run() throws InterruptedException {
        Instant started = tools.clock().instant();
        ScanSession session = new ScanSession(identity.check(), sessionIds.get().toString(),
                tools.config().content().essentialOnly(), tools.config().statuses());
        RowCounts counts = progress.begin();
        Discovery discovery = finder.find();
        List<Problem> problems = new ArrayList<>(discovery.problems());
        tools.changes().retain(discovery.databases().stream().map(NodeDatabase::file).toList());
        List<Candidate> candidates = new ArrayList<>();
        int failed = candidates(session, discovery, candidates, problems);
        int found = discovery.databases().size();
        int unchanged = found - candidates.size() - failed;
        List<SendFuture> receipts = new ArrayList<>();
        receipts.add(
                tools.publisher().publish(Batch.of(new Receipt.ScanCycleStarted(session.sessionId(), session.sourceIp(),
                        started, found, candidates.size()))));
        // Behind the announcement, because what it deletes is part of the scan cycle.
        problems.addAll(new VanishedDatabases(tools, session, counts).resolve(discovery));
        for (Candidate candidate : candidates) {
            DatabaseScan.Outcome outcome = new DatabaseScan(tools, counts, candidate.database(), candidate.store())
                    .run(session);
            problems.addAll(outcome.problems());
            receipts.add(outcome.receipt());
            failed += outcome.read() ? 0 : 1;
            progress.databaseDone();
        }
        ScanReport report = new ScanReport(session.sessionId(), session.sourceIp(), started, tools.clock().instant(),
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
        tools.publisher().publish(Batch.of(new Receipt.ScanCycleEnded(report.sessionId(), report.sourceIp(),
                report.started(), databases.found(), databases.read(), databases.unchanged(), databases.failed(),
                problems))).await();
    }

    /** Collects the databases that must be read, and returns how many cannot even be looked at. */
    private int candidates(ScanSession session, Discovery discovery, List<Candidate> candidates, List<Problem> problems)
            throws InterruptedException {
        int failed = 0;
        for (NodeDatabase database : discovery.databases()) {
            DatabaseStore store = tools.state().database(database.nodeName(), database.file().toString());
            try {
                if (!isUnchanged(session, database, store)) {
                    candidates.add(new Candidate(database, store));
                    progress.expect(estimate(database));
                }
            } catch (DatabaseProblemException e) {
                problems.add(e.problem());
                failed++;
            }
        }
        return failed;
    }

    private boolean isUnchanged(ScanSession session, NodeDatabase database, DatabaseStore store)
            throws DatabaseProblemException, InterruptedException {
        String believed = session.believed(store.tracked().stamp());
        ChangeWatch.Look look = tools.changes().look(database.file(), believed);
        if (!look.unchanged()) {
            return false;
        }
        String stable = look.stamp().rememberedAt(tools.clock().instant());
        if (!stable.equals(believed)) {
            store.remember(stable + store.tracked().stamp().substring(believed.length()));
        }
        // What was confirmed while it was away is void: it is back as it was.
        tools.confirmations().remove(database.nodeName());
        return true;
    }

    /** About how many rows there are; a database that cannot be opened is reported when it is read. */
    private long estimate(NodeDatabase database) throws InterruptedException {
        try {
            return tools.databases().estimatedRows(database.file());
        } catch (DatabaseProblemException _) {
            return 0;
        }
    }

}
