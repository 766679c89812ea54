package io.tokensync.simulator;

import java.nio.file.Path;
import java.util.Objects;

import io.tokensync.simulator.truth.Truth;

/**
 * What to make. The same plan always gives the same rows, blocks and truth.
 *
 * @param out directory of the simulation
 * @param nodes how many nodes, over all machines; at least one
 * @param tokens how many token rows, over all tables and nodes, wrong ones included
 * @param seed what decides everything else
 * @param machines how many machines, 1 to 250, and not more than nodes: one without a node is none
 * @param missingContent share of the tokens whose block is in no repository, 0 to 1
 * @param flawed whether rows may be wrong and unreadable files lie between the nodes
 */
public record SimulationPlan(Path out, int nodes, long tokens, long seed, int machines, double missingContent,
        boolean flawed) {
    public static final int DEFAULT_NODES = 12;
    public static final long DEFAULT_TOKENS = 20_000;
    public static final long DEFAULT_SEED = 1;
    public static final int DEFAULT_MACHINES = 3;
    public static final double DEFAULT_MISSING_CONTENT = 0.013;

    private static final int MOST_NODES = 10_000;
    /** The last byte of the machines' addresses counts them. */
    private static final int MOST_MACHINES = 250;
    private static final long MOST_TOKENS = 40_000_000;

    public SimulationPlan {
        Objects.requireNonNull(out, "out");
        require("nodes", nodes, 1, MOST_NODES);
        require("tokens", tokens, 0, MOST_TOKENS);
        require("machines", machines, 1, Math.min(nodes, MOST_MACHINES));
        if (!(missingContent >= 0 && missingContent <= 1)) {
            throw new IllegalArgumentException("missing content is " + missingContent + "; it is a share from 0 to 1");
        }
    }

    /** A plan with everything else as it is by default; of fewer nodes than machines each has a machine of its own. */
    public static SimulationPlan of(Path out, int nodes, long tokens, long seed) {
        return new SimulationPlan(out, nodes, tokens, seed, Math.clamp(nodes, 1, DEFAULT_MACHINES),
                DEFAULT_MISSING_CONTENT, true);
    }

    public SimulationPlan withMachines(int newMachines) {
        return new SimulationPlan(out, nodes, tokens, seed, newMachines, missingContent, flawed);
    }

    /** The plan with nothing wrong in it, not even a missing block. */
    public SimulationPlan flawless() {
        return new SimulationPlan(out, nodes, tokens, seed, machines, 0, false);
    }

    /** The plan that a truth was made by. */
    static SimulationPlan of(Path out, Truth.Origin origin) {
        return new SimulationPlan(out, origin.nodes(), origin.tokens(), origin.seed(), origin.machines(),
                origin.missingContent(), origin.flawed());
    }

    Truth.Origin toOrigin(long nextToken, long edits) {
        return new Truth.Origin(nodes, tokens, seed, machines, missingContent, flawed, nextToken, edits);
    }

    private static void require(String name, long value, long low, long high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(name + " is " + value + "; possible are " + low + " to " + high);
        }
    }
}
