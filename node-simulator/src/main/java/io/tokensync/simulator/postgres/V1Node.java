package io.tokensync.simulator.postgres;

import java.util.List;
import java.util.Locale;

import io.tokensync.ipfs.FlatfsShard;
import io.tokensync.simulator.chain.NodeKeys;
import io.tokensync.simulator.chain.V1Chain;
import io.tokensync.simulator.content.Mint;
import io.tokensync.simulator.truth.Truth;

/**
 * A node of Rubix v1.
 *
 * @param index from 0, over those of v1 on all machines
 * @param machine where it is
 * @param name its directory's
 * @param schema of its tables
 * @param network on which it is
 */
public record V1Node(int index, Truth.Machine machine, String name, V1Schema schema, V1Network network) {
    /** What its directory is found by; the truth has its path as the node's. */
    public static final String CONFIG = "config.toml";
    /** How its repository spreads blocks. */
    public static final FlatfsShard SHARD = FlatfsShard.DEFAULT;
    /** Their DIDs and ports begin where those of the other nodes cannot reach. */
    private static final int FIRST = 20_000;

    /** The node with this index in a fleet on these machines. */
    public static V1Node at(int index, List<Truth.Machine> machines, V1Network network) {
        V1Schema[] schemas = V1Schema.values();
        return new V1Node(index, machines.get(index % machines.size()),
                String.format(Locale.ROOT, "rubix%03d", index + 1), schemas[index % schemas.length], network);
    }

    /** Its directory below the simulation's, with slashes. */
    public String directory() {
        return machine.root() + "/v1/" + name;
    }

    /** The node as the truth has it: without a journal mode, which only SQLite has. */
    public Truth.Node toTruth() {
        return new Truth.Node(machine.name(), name, directory() + '/' + CONFIG, schema.name(), null, false);
    }

    /** Number that its ports follow from, among all nodes. */
    public int number() {
        return FIRST + index;
    }

    /** Its keys, and those of whom it deals with, on nodes that nobody watches. */
    public NodeKeys keys(Mint mint) {
        return NodeKeys.of(mint, number(), FIRST - 1);
    }

    /** What makes its transactions. */
    public V1Chain chain(NodeKeys keys) {
        return new V1Chain(keys, network.directory(), schema.writesEarlierInfo());
    }
}
