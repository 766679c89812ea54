package io.tokensync.simulator;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import io.tokensync.ipfs.FlatfsShard;
import io.tokensync.ipfs.IpfsRepository;
import io.tokensync.simulator.content.Mint;
import io.tokensync.simulator.node.Catalog;
import io.tokensync.simulator.node.NodeSpec;
import io.tokensync.simulator.node.RowFactory;
import io.tokensync.simulator.truth.Truth;

/** What a plan means: its machines, nodes and tokens, and where they are on disk. */
record Fleet(SimulationPlan plan, Mint mint, List<Truth.Machine> machines, List<NodeSpec> nodes, Catalog catalog,
        RowFactory rows) {
    /** Every tenth node has a repository with another shard rule than Kubo's own. */
    private static final FlatfsShard OTHER_SHARD = new FlatfsShard(FlatfsShard.Rule.SUFFIX, 2);
    private static final int OTHER_SHARD_AT = 6;
    private static final int PATTERN = 10;

    static Fleet of(SimulationPlan plan) {
        Mint mint = new Mint(plan.seed());
        List<Truth.Machine> machines = IntStream.rangeClosed(1, plan.machines())
                .mapToObj(i -> new Truth.Machine("vm" + i, "10.20.0." + i, "vm" + i)).toList();
        List<NodeSpec> nodes = IntStream.range(0, plan.nodes()).mapToObj(i -> NodeSpec.at(i, machines)).toList();
        Catalog catalog = new Catalog(mint, nodes, plan.missingContent(), plan.flawed());
        return new Fleet(plan, mint, machines, nodes, catalog, new RowFactory(catalog));
    }

    Path directory(NodeSpec node) {
        return plan.out().resolve(node.directory());
    }

    Path database(NodeSpec node) {
        return plan.out().resolve(node.dbPath());
    }

    Path repository(NodeSpec node) {
        return directory(node).resolve(IpfsRepository.DIRECTORY);
    }

    FlatfsShard shard(NodeSpec node) {
        return node.index() % PATTERN == OTHER_SHARD_AT ? OTHER_SHARD : FlatfsShard.DEFAULT;
    }
}
