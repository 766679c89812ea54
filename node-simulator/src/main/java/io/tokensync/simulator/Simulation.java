package io.tokensync.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.tokensync.simulator.node.NodeSpec;
import io.tokensync.simulator.node.Placed;
import io.tokensync.simulator.node.Placement;
import io.tokensync.simulator.postgres.V1Node;
import io.tokensync.simulator.postgres.V1Plan;
import io.tokensync.simulator.truth.Truth;
import io.tokensync.simulator.truth.TruthWriter;

/** Writes simulations. */
public final class Simulation {
    private final Fleet fleet;
    private final Placement placement;

    /** What one node's writer leaves. */
    private record Written(TruthWriter.Part rows, List<Truth.Rejection> rejected) {}

    private Simulation(Fleet fleet) {
        this.fleet = fleet;
        this.placement = Placement.of(fleet.catalog(), fleet.nodes(), fleet.plan().tokens());
    }

    /**
     * Writes the simulation of a plan: {@code <out>/<machine>/…/<node>/Rubix/rubix.db} with the {@code .ipfs} beside
     * {@code Rubix}, and {@code <out>/truth.json}. An earlier simulation in the directory is replaced.
     *
     * @throws UnusableDirectoryException when the directory has anything else in it; it is left as it is
     * @throws InterruptedException when interrupted; the directory can be used again
     */
    public static Truth write(SimulationPlan plan) throws IOException, InterruptedException {
        return write(plan, Optional.empty());
    }

    /** Writes nodes of Rubix v1 beside those of the plan, which are the same as without them. */
    public static Truth write(SimulationPlan plan, V1Plan v1) throws IOException, InterruptedException {
        return write(plan, Optional.of(v1));
    }

    private static Truth write(SimulationPlan plan, Optional<V1Plan> v1) throws IOException, InterruptedException {
        Fleet fleet = Fleet.of(plan);
        SimulationDirectory.claim(plan.out(), fleet.machines().stream().map(Truth.Machine::root).toList());
        return new Simulation(fleet).writeAll(v1);
    }

    private Truth writeAll(Optional<V1Plan> v1) throws IOException, InterruptedException {
        SimulationPlan plan = fleet.plan();
        List<Written> written = writeNodes();
        List<Truth.Node> nodes = new ArrayList<>(fleet.nodes().stream().map(NodeSpec::toTruth).toList());
        long nextToken = placement.nextToken();
        for (V1Node node : v1.map(this::v1Nodes).orElse(List.of())) {
            nodes.add(node.toTruth());
            written.add(writeV1Node(node, v1.get(), nextToken));
            nextToken += v1.get().tokensOf(node);
        }
        List<Truth.Unreadable> unreadable = plan.flawed()
                ? Strays.write(plan.out(), fleet.machines().getFirst())
                : List.of();
        List<Truth.Rejection> rejected = written.stream().flatMap(node -> node.rejected.stream()).toList();
        List<TruthWriter.Part> rows = written.stream().map(Written::rows).toList();
        Truth.Header header = new Truth.Header(plan.toOrigin(nextToken, 0), fleet.machines(), nodes, unreadable,
                rejected,
                rows.stream().mapToLong(TruthWriter.Part::count).sum());
        Truth truth = TruthWriter.write(plan.out(), header, rows);
        Files.delete(plan.out().resolve(SimulationDirectory.PARTS));
        return truth;
    }

    /** Nodes have nothing in common on disk; small files cost system calls, which one processor alone is slow at. */
    private List<Written> writeNodes() throws IOException, InterruptedException {
        List<Future<Written>> pending = new ArrayList<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (NodeSpec node : fleet.nodes()) {
                pending.add(workers.submit(() -> writeNode(node)));
            }
            try {
                List<Written> written = new ArrayList<>();
                for (Future<Written> node : pending) {
                    written.add(node.get());
                }
                return written;
            } catch (ExecutionException e) {
                throw failure(e.getCause());
            } finally {
                workers.shutdownNow();
            }
        }
    }

    private Written writeNode(NodeSpec node) throws IOException {
        List<Placed> tokens = placement.on(node).toList();
        Path part = fleet.plan().out().resolve(SimulationDirectory.PARTS).resolve("node-" + node.index());
        try (TruthWriter.Part rows = new TruthWriter.Part(part)) {
            return new Written(rows, new NodeWriter(fleet, node, rows::add).write(tokens));
        }
    }

    private List<V1Node> v1Nodes(V1Plan plan) {
        return IntStream.range(0, plan.nodes()).mapToObj(i -> V1Node.at(i, fleet.machines(), plan.network())).toList();
    }

    private Written writeV1Node(V1Node node, V1Plan plan, long firstToken) throws IOException {
        Path part = fleet.plan().out().resolve(SimulationDirectory.PARTS).resolve("v1-node-" + node.index());
        try (TruthWriter.Part rows = new TruthWriter.Part(part)) {
            return new Written(rows, new V1NodeWriter(fleet, node, rows::add).write(plan, firstToken));
        }
    }

    private static IOException failure(Throwable cause) {
        return switch (cause) {
            case IOException e -> e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> new IOException(cause);
        };
    }
}
