package io.tokensync.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.tokensync.simulator.node.JournalMode;
import io.tokensync.simulator.node.NodeRow;
import io.tokensync.simulator.node.NodeSpec;
import io.tokensync.simulator.node.Placed;
import io.tokensync.simulator.node.SchemaGeneration;
import io.tokensync.simulator.repository.NodeRepository;
import io.tokensync.simulator.sqlite.NodeDatabase;
import io.tokensync.simulator.truth.Truth;
import io.tokensync.simulator.truth.TruthRow;

/** Writes the directory of one node, and the truth about it. */
final class NodeWriter {
    /** How much of its rows an upgraded node had before. */
    private static final double BEFORE_UPGRADE = 0.6;
    /** Few enough that SQLite does not checkpoint them by itself. */
    private static final int MOST_LIVE = 400;
    private static final int LIVE_SHARE = 10;

    private final Fleet fleet;
    private final NodeSpec node;
    private final RowSink truth;
    private final List<Truth.Rejection> rejected = new ArrayList<>();

    /** Where the rows go that SQL must hold. */
    interface RowSink {
        void add(TruthRow row) throws IOException;
    }

    NodeWriter(Fleet fleet, NodeSpec node, RowSink truth) {
        this.fleet = fleet;
        this.node = node;
        this.truth = truth;
    }

    /** Writes the node with these tokens, and returns the rows that must be rejected. */
    List<Truth.Rejection> write(List<Placed> tokens) throws IOException {
        Path file = fleet.database(node);
        Files.createDirectories(file.getParent());
        Files.writeString(fleet.directory(node).resolve("log.txt"), "node " + node.name() + " started\n");
        NodeRepository repository = NodeRepository.create(fleet.repository(node), fleet.shard(node), node.index(),
                fleet.mint().hashId("peer", node.index()));
        NodeDatabase database = NodeDatabase.create(file, node.bornAs(), node.journal());
        try {
            fill(database, repository, tokens);
            leave(database);
        } finally {
            database.close();
        }
        return rejected;
    }

    private void fill(NodeDatabase database, NodeRepository repository, List<Placed> tokens) throws IOException {
        database.addOtherTables(fleet.mint().did(node.index(), 0), fleet.mint().transactionId(
                fleet.mint().dice("history", node.index())));
        int upgradeAt = (int) (tokens.size() * BEFORE_UPGRADE);
        int liveFrom = tokens.size() - Math.min(MOST_LIVE, tokens.size() / LIVE_SHARE + 1);
        for (int i = 0; i < tokens.size(); i++) {
            if (i == upgradeAt && node.generation() != node.bornAs()) {
                upgrade(database);
            }
            if (i == liveFrom && node.journal() == JournalMode.WAL_CRASHED) {
                database.checkpoint();
            }
            SchemaGeneration as = i < upgradeAt ? node.bornAs() : node.generation();
            add(database, repository, fleet.rows().row(node, tokens.get(i), as));
        }
        if (tokens.isEmpty()) {
            upgrade(database);
        }
    }

    private void upgrade(NodeDatabase database) throws IOException {
        database.commit();
        database.upgrade(node.generation());
    }

    private void leave(NodeDatabase database) throws IOException {
        if (node.journal() == JournalMode.WAL_CRASHED) {
            database.crash();
        } else {
            database.commit();
        }
    }

    private void add(NodeDatabase database, NodeRepository repository, NodeRow row) throws IOException {
        long rowid = database.insert(row);
        if (row.isRejected()) {
            rejected.add(row.toRejection(node, rowid));
        } else {
            truth.add(row.toTruth(node));
        }
        if (row.blockFile() != null) {
            repository.put(row.blockFile().cid(), row.blockFile().block());
        }
    }
}
