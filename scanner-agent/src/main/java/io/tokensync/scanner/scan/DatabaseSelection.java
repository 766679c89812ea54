package io.tokensync.scanner.scan;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import io.tokensync.scanner.batch.ScanSession;
import io.tokensync.scanner.discovery.DatabaseFinder;
import io.tokensync.scanner.discovery.Discovery;
import io.tokensync.scanner.discovery.NodeDatabase;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ScanProgress;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.sqlite.DatabaseSource;
import io.tokensync.scanner.source.sqlite.file.ChangeWatch;
import io.tokensync.scanner.state.Confirmations;
import io.tokensync.scanner.state.DatabaseStore;
import io.tokensync.scanner.state.StateStore;

/** Finds the databases of the machine, and which of them a scan cycle must read. */
final class DatabaseSelection {
    private final DatabaseFinder finder;
    private final DatabaseSource source;
    private final StateStore state;
    private final Confirmations confirmations;
    private final ScanProgress progress;
    private final Clock clock;

    /** @param progress notified of those that are to be read */
    DatabaseSelection(DatabaseFinder finder, DatabaseSource source, StateStore state, Confirmations confirmations,
            ScanProgress progress, Clock clock) {
        this.finder = finder;
        this.source = source;
        this.state = state;
        this.confirmations = confirmations;
        this.progress = progress;
        this.clock = clock;
    }

    /** A database whose rows must be read. */
    record Candidate(NodeDatabase database, DatabaseStore store) {}

    /**
     * What was selected.
     *
     * @param discovery all databases that were found
     * @param candidates those that must be read
     * @param failures of each that cannot even be looked at, why
     */
    record Selection(Discovery discovery, List<Candidate> candidates, List<Problem> failures) {}

    /** Selects what this session must read. */
    Selection select(ScanSession session) throws InterruptedException {
        Discovery discovery = finder.find();
        source.retain(discovery.databases().stream().map(NodeDatabase::file).toList());
        List<Candidate> candidates = new ArrayList<>();
        List<Problem> failures = new ArrayList<>();
        for (NodeDatabase database : discovery.databases()) {
            DatabaseStore store = state.database(database.nodeName(), database.file().toString());
            try {
                if (!isUnchanged(session, database, store)) {
                    candidates.add(new Candidate(database, store));
                    progress.expect(estimate(database));
                }
            } catch (DatabaseProblemException e) {
                failures.add(e.problem());
            }
        }
        return new Selection(discovery, candidates, failures);
    }

    private boolean isUnchanged(ScanSession session, NodeDatabase database, DatabaseStore store)
            throws DatabaseProblemException, InterruptedException {
        String remembered = store.tracked().stamp();
        String believed = session.believed(remembered);
        ChangeWatch.Look look = source.look(database.file(), believed);
        if (!look.unchanged()) {
            return false;
        }
        String stable = look.stamp().rememberedAt(clock.instant());
        if (!stable.equals(believed)) {
            store.remember(stable + remembered.substring(believed.length()));
        }
        // What was confirmed while it was away is void: it is back as it was.
        confirmations.remove(database.nodeName());
        return true;
    }

    /** About how many rows there are; a database that cannot be opened is reported when it is read. */
    private long estimate(NodeDatabase database) throws InterruptedException {
        try {
            return source.estimatedRows(database.file());
        } catch (DatabaseProblemException _) {
            return 0;
        }
    }
}
