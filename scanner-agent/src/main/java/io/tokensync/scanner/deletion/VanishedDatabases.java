package io.tokensync.scanner.deletion;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.scanner.batch.DatabaseContext;
import io.tokensync.scanner.batch.ScanOutput;
import io.tokensync.scanner.batch.ScanReceipts;
import io.tokensync.scanner.batch.ScanSession;
import io.tokensync.scanner.batch.StateRepair;
import io.tokensync.scanner.discovery.Discovery;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.report.RowCounts;
import io.tokensync.scanner.state.DamagedRowsException;
import io.tokensync.scanner.state.DatabaseStore;
import io.tokensync.scanner.state.PublishedKey;
import io.tokensync.scanner.state.PublishedRow;
import io.tokensync.scanner.state.StateStore;
import io.tokensync.scanner.state.StateUnavailableException;
import io.tokensync.scanner.state.TrackedDatabase;

/**
 * Databases that were there before and are not. A file that is away says nothing about its rows, so they are kept; only
 * those of a node whose deletions the operator has confirmed are deleted, and the database is forgotten.
 */
public final class VanishedDatabases {
    private static final Logger log = LoggerFactory.getLogger(VanishedDatabases.class);
    private static final int PAGE = 500;
    /** What was searched, and is not read: that tells nothing of a database that was read before. */
    private static final Set<ProblemKind> NOT_READ = EnumSet.of(ProblemKind.NODE_V1,
            ProblemKind.DATABASE_NOT_CONFIGURED, ProblemKind.OTHER_DATABASE, ProblemKind.NODE_WITHOUT_DATABASE);

    private final StateStore state;
    private final ScanOutput output;
    private final DeletionRules rules;

    public VanishedDatabases(StateStore state, ScanOutput output, DeletionRules rules) {
        this.state = state;
        this.output = output;
        this.rules = rules;
    }

    /**
     * Resolves them, and returns those that are kept.
     *
     * @param counts of the whole scan cycle
     */
    public List<Problem> resolve(Discovery discovery, ScanSession session, RowCounts counts)
            throws InterruptedException {
        Set<String> names = new HashSet<>();
        discovery.databases().forEach(database -> names.add(database.nodeName()));
        List<Problem> kept = new ArrayList<>();
        for (DatabaseStore store : state.databases()) {
            TrackedDatabase known = store.tracked();
            if (names.contains(known.nodeName())) {
                continue;
            }
            Path path = path(known);
            if (discovery.problems().stream().anyMatch(problem -> isAbout(problem, path))) {
                continue;
            }
            if (rules.isConfirmedGone(known) && wasSearched(path, discovery)) {
                forget(store, session, counts.part()).ifPresent(kept::add);
            } else {
                kept.add(new Problem(ProblemKind.DATABASE_VANISHED, path, "the database of node '" + known.nodeName()
                        + "' is not there any more; its " + store.rowCount() + " rows are kept"));
            }
        }
        return kept;
    }

    /** Whether the problem tells why a database was not found: it has one itself, or hangs with all that is around it. */
    private static boolean isAbout(Problem problem, Path path) {
        return (problem.path().equals(path) && !NOT_READ.contains(problem.kind()))
                || (problem.kind() == ProblemKind.HANGS && path.startsWith(problem.path()));
    }

    private static Path path(TrackedDatabase known) {
        try {
            return Path.of(known.path());
        } catch (InvalidPathException e) {
            throw new StateUnavailableException("the agent's state knows the database " + known.path()
                    + ", whose path cannot be named in the locale of this process: start the agent with LC_ALL=C.UTF-8",
                    e);
        }
    }

    /** Whether the place could be looked at: a root that is not mounted hides its nodes, whatever was confirmed. */
    private static boolean wasSearched(Path path, Discovery discovery) {
        return discovery.problems().stream().filter(problem -> !NOT_READ.contains(problem.kind()))
                .noneMatch(problem -> path.startsWith(problem.path()));
    }

    /** Returns the problem when the state of its rows is damaged: the rest of them is deleted in the next scan cycle. */
    private Optional<Problem> forget(DatabaseStore store, ScanSession session, RowCounts counts)
            throws InterruptedException {
        TrackedDatabase known = store.tracked();
        Instant now = output.begin();
        DatabaseContext origin = DatabaseContext.unread(session, known.nodeName(), known.path(), now);
        ScanReceipts receipts = output.receipts(origin, counts, now);
        try {
            delete(store, origin, receipts);
        } catch (DamagedRowsException e) {
            Problem damaged = StateRepair.of(store, e);
            receipts.brokeOff(damaged.toScanProblem()).await();
            return Optional.of(damaged);
        }
        receipts.ended().await();
        receipts.gone().await();
        store.forget();
        rules.confirmations().remove(known.nodeName());
        log.atWarn().setMessage("the database is gone and its deletion is confirmed: its rows are deleted; if"
                + " scanner.confirm-deletes names its node, take the name out now")
                .addKeyValue("node", known.nodeName()).addKeyValue("path", known.path())
                .addKeyValue("rows", receipts.counts().deleted()).log();
        return Optional.empty();
    }

    private void delete(DatabaseStore store, DatabaseContext origin, ScanReceipts receipts)
            throws InterruptedException {
        Deletions deletions = new Deletions(output, origin, store, receipts);
        store.beginScan();
        List<PublishedRow> page = store.rowsAfter(PublishedKey.FIRST, PAGE);
        while (!page.isEmpty()) {
            deletions.publish(page.stream().map(PublishedRow::key).toList());
            page = store.rowsAfter(page.getLast().key(), PAGE);
        }
    }
}
