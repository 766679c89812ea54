package io.tokensync.scanner.scan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.scanner.batch.BatchBuilder;
import io.tokensync.scanner.batch.BatchPipeline;
import io.tokensync.scanner.batch.DatabaseContext;
import io.tokensync.scanner.batch.ScanOutput;
import io.tokensync.scanner.batch.ScanReceipts;
import io.tokensync.scanner.batch.ScanSession;
import io.tokensync.scanner.batch.StateRepair;
import io.tokensync.scanner.content.BlockSource;
import io.tokensync.scanner.content.BlockStores;
import io.tokensync.scanner.deletion.DeletionRules;
import io.tokensync.scanner.deletion.DeletionSafeguard;
import io.tokensync.scanner.deletion.DeletionSafeguard.DeferredDeletions;
import io.tokensync.scanner.deletion.Deletions;
import io.tokensync.scanner.deletion.MissingRows;
import io.tokensync.scanner.deletion.MovedRows;
import io.tokensync.scanner.diff.RowChange;
import io.tokensync.scanner.diff.RowDiff;
import io.tokensync.scanner.discovery.NodeDatabase;
import io.tokensync.scanner.publish.TokenPublisher.SendFuture;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.RowCounts;
import io.tokensync.scanner.scan.DatabaseSelection.Candidate;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.DatabaseSource;
import io.tokensync.scanner.source.Stamp;
import io.tokensync.scanner.source.TokenRows;
import io.tokensync.scanner.state.DamagedRowsException;
import io.tokensync.scanner.state.DatabaseStore;
import io.tokensync.scanner.state.ScanCheckpoint;

/** One database in one scan cycle: read, publish, remember; then the deletions; then the stamp under which all that is true. */
final class DatabaseScan {
    private static final Logger log = LoggerFactory.getLogger(DatabaseScan.class);

    /** Differences of which the blocks are read together; all with their rows are in memory. */
    private static final int TOGETHER = 16;

    private final NodeSources sources;
    private final DatabaseSource source;
    private final ScanOutput output;
    private final BlockStores stores;
    private final DeletionRules rules;
    private final NodeDatabase database;
    private final VerifyingScan verifying;
    private final DatabaseStore store;
    private final List<Problem> problems = new ArrayList<>();
    private RowCounts counts;
    private ScanReceipts receipts;
    private Instant startedAt;
    private Stamp stamp;

    /**
     * What became of the database.
     *
     * @param problems what the operator should know
     * @param read whether it was read to its end; what was published until then stays true
     * @param receipt the receipt of its end, on its way
     */
    record Outcome(List<Problem> problems, boolean read, SendFuture receipt) {}

    DatabaseScan(NodeSources sources, ScanOutput output, BlockStores stores, DeletionRules rules,
            Candidate candidate, VerifyingScan verifying) {
        this.sources = sources;
        this.source = sources.of(candidate.database());
        this.output = output;
        this.stores = stores;
        this.rules = rules;
        this.database = candidate.database();
        this.store = candidate.store();
        this.verifying = verifying;
    }

    /**
     * Reads the database to its end.
     *
     * @param cycle counts of the whole scan cycle
     * @return what the operator should know, whether it was read to its end, and the receipt of that on its way
     */
    Outcome run(ScanSession session, RowCounts cycle) throws InterruptedException {
        // In this order, all before reading: whatever changes from here on must show in the next stamp.
        startedAt = output.begin();
        counts = cycle.part();
        receipts = output.receipts(
                DatabaseContext.unread(session, database.nodeName(), database.file().toString(), startedAt), counts,
                startedAt);
        try {
            stamp = source.stamp(database.file());
            DatabaseContext origin = sources.call(database, "looking for its repository",
                    _ -> DatabaseContext.of(session, database, stamp.lastModified()));
            receipts = output.receipts(origin, counts, startedAt);
            read(origin);
            return new Outcome(problems, true, receipts.ended());
        } catch (DatabaseProblemException e) {
            return brokeOff(e.problem());
        } catch (DamagedRowsException e) {
            return brokeOff(StateRepair.of(store, e));
        }
    }

    private Outcome brokeOff(Problem problem) throws InterruptedException {
        problems.add(problem);
        return new Outcome(problems, false, receipts.brokeOff(problem.toScanProblem()));
    }

    private void read(DatabaseContext origin) throws DatabaseProblemException, InterruptedException {
        boolean done = false;
        try (TokenRows reader = source.open(database.file(), stamp, lastRead(origin))) {
            problems.addAll(reader.remarks());
            done = read(reader, origin);
        } finally {
            if (!done) {
                source.forget(database.file());
            }
        }
    }

    /** What was remembered of the last reading; null when rows that are as they were then must be read all the same. */
    private String lastRead(DatabaseContext origin) {
        ScanSession session = origin.session();
        return session.statuses().isAll() && !verifying.isWanted()
                ? session.believed(store.tracked().stamp(), origin)
                : null;
    }

    /** Returns whether everything is published; if not, the database must be read again though it does not change. */
    private boolean read(TokenRows reader, DatabaseContext origin)
            throws DatabaseProblemException, InterruptedException {
        store.beginScan();
        verifying.begin(reader);
        BlockSource blocks = origin.blocks(stores);
        Deletions deletions = new Deletions(output, origin, store, receipts);
        DeferredDeletions held = scan(reader, origin, blocks, deletions);
        blocks.problem().ifPresent(problems::add);
        // While blocks cannot be read, the database is read in every scan cycle: the right to read them changes no stamp.
        boolean done = held.onlyEarlier() && blocks.problem().isEmpty();
        store.endScan(
                new ScanCheckpoint(done ? origin.session().remembered(stamp.rememberedAt(startedAt), origin) : null,
                        held.missing(), held.rows(), startedAt, origin.lastModified()));
        resolveConfirmation(held);
        verifying.end(origin, reader.leftOut().isEmpty(), isStill(),
                new VerifyingScan.Deleted(deletions.adopted(), held.rows())).ifPresent(problems::add);
        return done;
    }

    /** Publishes what differs, and deletes what is gone; returns what is deferred of that. */
    private DeferredDeletions scan(TokenRows reader, DatabaseContext origin, BlockSource blocks, Deletions deletions)
            throws DatabaseProblemException, InterruptedException {
        RowDiff diff = new RowDiff(reader, store, origin.session().hash(origin), origin.session().statuses(), counts,
                verifying.rows());
        MissingRows missing = new MissingRows(store);
        BatchPipeline pipeline = new BatchPipeline(output.publisher(), store, receipts,
                arrived -> missing.arrived(diff.isRepeated() ? arrived : List.of()), verifying.rows());
        BatchBuilder batches = output.batches(origin, blocks, store.tracked().readBefore());
        try {
            publish(diff, blocks, batches, pipeline, missing);
            requireSameFile(missing);
            MovedRows moved = new MovedRows(reader, diff, store, batches, pipeline, counts);
            DeletionSafeguard safeguard = new DeletionSafeguard(rules, store.tracked(), diff, missing, moved, counts);
            DeferredDeletions held = safeguard.publish(deletions);
            problems.addAll(safeguard.problems());
            return held;
        } catch (DatabaseProblemException e) {
            pipeline.drain();
            throw e;
        } catch (DamagedRowsException e) {
            drain(pipeline, e);
            throw e;
        }
    }

    /** What is on its way gets its receipt; what of it cannot be remembered is dirty after the repair anyway. */
    private static void drain(BatchPipeline pipeline, DamagedRowsException damage) throws InterruptedException {
        try {
            pipeline.drain();
        } catch (DamagedRowsException again) {
            damage.addSuppressed(again);
        }
    }

    private void publish(RowDiff diff, BlockSource blocks, BatchBuilder batches, BatchPipeline pipeline,
            MissingRows missing) throws DatabaseProblemException, InterruptedException {
        BatchBuilder batch = batches.next();
        for (List<RowChange> some = diff.next(TOGETHER); !some.isEmpty(); some = diff.next(TOGETHER)) {
            blocks.prepare(changedIds(some));
            for (RowChange change : some) {
                switch (change) {
                    case RowChange.Changed changed -> counts.unchanged(batch.add(changed) ? 0 : 1);
                    case RowChange.Rejected rejected -> batch.add(rejected);
                    case RowChange.Missing(var key) -> missing.add(key);
                }
                if (batch.isFull()) {
                    send(batch, pipeline);
                    batch = batch.next();
                }
            }
        }
        send(batch, pipeline);
        pipeline.drain();
        missing.resolve();
    }

    private static List<String> changedIds(List<RowChange> changes) {
        return changes.stream().filter(RowChange.Changed.class::isInstance)
                .map(change -> ((RowChange.Changed) change).raw().id()).toList();
    }

    /** Whether the node has changed nothing since the scan began, so that each of its rows was met once. */
    private boolean isStill() throws InterruptedException {
        try {
            return !verifying.isWanted() || source.look(database.file(), stamp.rememberedAt(startedAt)).unchanged();
        } catch (DatabaseProblemException _) {
            return false; // said by the next scan cycle
        }
    }

    /** What is missing in a file that is not the node's any more is not gone. */
    private void requireSameFile(MissingRows missing) throws DatabaseProblemException, InterruptedException {
        if (!missing.isEmpty() && !source.stamp(database.file()).isOfSameDatabase(stamp)) {
            throw DatabaseProblemException.replaced(database.file());
        }
    }

    private void send(BatchBuilder batch, BatchPipeline pipeline) throws InterruptedException {
        if (!store.tracked().readBefore()) {
            output.pace().await(batch.size());
        }
        pipeline.send(batch);
    }

    /** What was confirmed before the reading is carried out now, or is not for what is deferred now. */
    private void resolveConfirmation(DeferredDeletions held) {
        rules.confirmations().remove(database.nodeName()).filter(_ -> held.rows() > 0)
                .ifPresent(_ -> log.atWarn()
                        .setMessage(
                                "what was confirmed is void: other rows are missing now; look again and confirm those")
                        .addKeyValue("node", database.nodeName()).addKeyValue("path", database.file())
                        .addKeyValue("rows", held.rows()).log());
    }
}
