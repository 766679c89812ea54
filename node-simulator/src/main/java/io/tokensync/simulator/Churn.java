package io.tokensync.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.tokensync.simulator.content.Dice;
import io.tokensync.simulator.content.Mint;
import io.tokensync.simulator.node.DatabaseBusyException;
import io.tokensync.simulator.node.NodeSpec;
import io.tokensync.simulator.postgres.V1Schema;
import io.tokensync.simulator.truth.Truth;
import io.tokensync.simulator.truth.TruthRow;
import io.tokensync.simulator.truth.TruthWriter;

/**
 * Keeps changing a simulation as its nodes would, one edit at a time, and keeps its truth. The edits follow from the plan's
 * seed and from how many there were before, also in earlier runs. All rows of the truth are in memory. Not thread-safe.
 */
public final class Churn implements AutoCloseable {
    /** Simulated time between two edits. */
    private static final int SECONDS = 7;
    private static final int NANOS = 1_000_000_000;
    private static final int FIRST_TOKENS = 5;

    private final Fleet fleet;
    private final Truth.Header before;
    private final List<LiveNode> nodes = new ArrayList<>();
    private int v1Nodes;
    private long edits;
    private long nextToken;

    private Churn(SimulationPlan plan, Truth truth) throws IOException {
        this.fleet = Fleet.of(plan);
        this.before = truth.header();
        this.edits = truth.origin().edits();
        this.nextToken = truth.origin().nextToken();
        Map<String, List<TruthRow>> rows = rowsByNode(truth);
        for (Truth.Node node : truth.nodes()) {
            List<TruthRow> own = rows.getOrDefault(node.nodeName(), new ArrayList<>());
            nodes.add(V1Schema.isSchemaOf(node)
                    ? new LiveV1Node(fleet, v1Nodes++, node, own)
                    : new LiveSqliteNode(fleet, NodeSpec.at(nodes.size() - v1Nodes, fleet.machines()), node, own));
        }
    }

    /**
     * Takes a simulation over where it stands.
     *
     * @param directory of a simulation whose databases nobody else changes
     * @throws IOException when there is no truth of a simulation in it
     */
    public static Churn open(Path directory) throws IOException {
        Truth truth = Truth.read(directory);
        return new Churn(SimulationPlan.of(directory, truth.origin()), truth);
    }

    /**
     * Applies the next edit.
     *
     * @return what it was
     * @throws IOException when a database or the disk fails; the truth is that of the edits before
     */
    public Edit step() throws IOException {
        Dice dice = fleet.mint().dice("edit", edits);
        Instant when = Mint.EPOCH.plusSeconds(Mint.SPAN_SECONDS + edits * SECONDS).plusNanos(dice.below(NANOS));
        LiveNode node = dice.pick(nodes);
        edits++;
        try {
            return apply(wanted(dice), node, dice, when);
        } catch (DatabaseBusyException _) {
            node.close();
            return Edit.SKIPPED;
        } catch (IOException | RuntimeException e) {
            node.close();
            throw e;
        }
    }

    /** Closes the databases, so that others may do with them what they like; the next edit opens its own again. */
    public void rest() throws IOException {
        for (LiveNode node : nodes) {
            node.close();
        }
    }

    /** Edits so far, those of earlier runs included. */
    public long edits() {
        return edits;
    }

    /** Writes the truth as it is now, and returns it. */
    public Truth save() throws IOException {
        Path directory = fleet.plan().out();
        Path parts = Files.createDirectories(directory.resolve(SimulationDirectory.PARTS));
        TruthWriter.Part rows = new TruthWriter.Part(parts.resolve("rows"));
        try (rows) {
            for (LiveNode node : nodes) {
                for (TruthRow row : node.rows()) {
                    rows.add(row);
                }
            }
        }
        Truth.Header header = new Truth.Header(fleet.plan().toOrigin(nextToken, edits), before.machines(),
                nodes.stream().map(LiveNode::truth).toList(), before.unreadable(), before.rejected(), rows.count());
        Truth truth = TruthWriter.write(directory, header, List.of(rows));
        Files.delete(parts);
        return truth;
    }

    /** Closes the databases in order, and writes the truth. */
    @Override
    public void close() throws IOException {
        try {
            rest();
        } finally {
            save();
        }
    }

    private Edit apply(Edit wanted, LiveNode node, Dice dice, Instant when) throws IOException {
        boolean done = switch (wanted) {
            case MOVED -> node.move(dice, when);
            case TOUCHED -> node.touch(dice, when);
            case SPLIT -> node.split(dice, when, () -> nextToken++);
            case DELETED -> node.delete(dice);
            case UPGRADED -> node.upgrade();
            case NODE_ADDED -> addNode(when);
            case MINTED, SKIPPED -> false;
        };
        if (!done) {
            // What a node can always do.
            node.mint(nextToken++, when);
        }
        return done ? wanted : Edit.MINTED;
    }

    private static Edit wanted(Dice dice) {
        int permille = dice.below(1000);
        if (permille < 500) {
            return Edit.MOVED;
        }
        if (permille < 700) {
            return Edit.TOUCHED;
        }
        if (permille < 850) {
            return Edit.MINTED;
        }
        if (permille < 950) {
            return Edit.SPLIT;
        }
        if (permille < 975) {
            return Edit.DELETED;
        }
        return permille < 990 ? Edit.UPGRADED : Edit.NODE_ADDED;
    }

    private boolean addNode(Instant when) throws IOException {
        NodeSpec spec = NodeSpec.at(nodes.size() - v1Nodes, fleet.machines()).running();
        new NodeWriter(fleet, spec, _ -> {}).write(List.of());
        LiveNode node = new LiveSqliteNode(fleet, spec, spec.toTruth(), new ArrayList<>());
        nodes.add(node);
        for (int i = 0; i < FIRST_TOKENS; i++) {
            node.mint(nextToken++, when);
        }
        return true;
    }

    private static Map<String, List<TruthRow>> rowsByNode(Truth truth) throws IOException {
        Map<String, List<TruthRow>> byNode = new HashMap<>();
        try (Stream<TruthRow> rows = truth.rows()) {
            rows.forEach(row -> byNode.computeIfAbsent(row.nodeName(), _ -> new ArrayList<>()).add(row));
        }
        return byNode;
    }
}
