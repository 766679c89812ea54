package io.tokensync.scanner.scan;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import io.tokensync.scanner.batch.ScanSession;
import io.tokensync.scanner.deletion.DeletionRules;
import io.tokensync.scanner.deletion.DeletionSafeguard;
import io.tokensync.scanner.discovery.DatabaseFinder;
import io.tokensync.scanner.discovery.Discovery;
import io.tokensync.scanner.discovery.NodeDatabase;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ScanProgress;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.Look;
import io.tokensync.scanner.state.DatabaseStore;
import io.tokensync.scanner.state.StateStore;
import io.tokensync.scanner.state.TrackedDatabase.Held;
import io.tokensync.scanner.verify.VerificationOrder;
import io.tokensync.scanner.verify.Verifications;

/** Finds the databases of the machine, and which of them a scan cycle must read. */
final class DatabaseSelection {
    private final DatabaseFinder finder;
    private final NodeSources sources;
    private final StateStore state;
    private final DeletionRules deletions;
    private final Verifications verifications;
    private final ScanProgress progress;
    private final Clock clock;

    /** @param progress notified of those that are to be read */
    DatabaseSelection(DatabaseFinder finder, NodeSources sources, StateStore state, DeletionRules deletions,
            Verifications verifications, ScanProgress progress, Clock clock) {
        this.finder = finder;
        this.sources = sources;
        this.state = state;
        this.deletions = deletions;
        this.verifications = verifications;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * A database whose rows must be read.
     *
     * @param order that it is verified then; null when it is not
     */
    record Candidate(NodeDatabase database, DatabaseStore store, VerificationOrder order) {}

    /**
     * What was selected.
     *
     * @param discovery all databases that were found
     * @param candidates those that must be read
     * @param failures of each that cannot even be looked at, why
     * @param deferred what is deferred of those that need not be read
     */
    record Selection(Discovery discovery, List<Candidate> candidates, List<Problem> failures,
            List<Problem> deferred) {}

    /** Selects what this session must read. */
    Selection select(ScanSession session) throws InterruptedException {
        Discovery discovery = finder.find();
        sources.retain(discovery.databases());
        verifications.begin(state, session.sourceIp());
        List<Candidate> candidates = new ArrayList<>();
        List<Problem> failures = new ArrayList<>();
        List<Problem> deferred = new ArrayList<>();
        for (NodeDatabase database : discovery.databases()) {
            DatabaseStore store = state.database(database.nodeName(), database.file().toString());
            VerificationOrder order = verifications.order(store, deletions.isConfirmedNow(store.tracked()))
                    .orElse(null);
            try {
                if (order != null || !isUnchanged(session, database, store)) {
                    candidates.add(new Candidate(database, store, order));
                    progress.expect(estimate(database));
                } else if (!store.tracked().held().equals(Held.NONE)) {
                    deferred.add(DeletionSafeguard.deferredEarlier(database.file()));
                }
            } catch (DatabaseProblemException e) {
                failures.add(e.problem());
            }
        }
        return new Selection(discovery, candidates, failures, deferred);
    }

    private boolean isUnchanged(ScanSession session, NodeDatabase database, DatabaseStore store)
            throws DatabaseProblemException, InterruptedException {
        String remembered = store.tracked().stamp();
        String believed = deletions.isConfirmedNow(store.tracked()) ? null : session.believed(remembered);
        Look look = sources.of(database).look(database.file(), believed);
        if (!look.unchanged()) {
            return false;
        }
        String stable = look.stamp().rememberedAt(clock.instant());
        if (!stable.equals(believed)) {
            store.remember(stable + remembered.substring(believed.length()));
        }
        // What was confirmed while it was away is void: it is back as it was.
        deletions.confirmations().remove(database.nodeName());
        return true;
    }

    /** About how many rows there are; a database that cannot be opened is reported when it is read. */
    private long estimate(NodeDatabase database) throws InterruptedException {
        try {
            return sources.of(database).estimatedRows(database.file());
        } catch (DatabaseProblemException _) {
            return 0;
        }
    }
}
