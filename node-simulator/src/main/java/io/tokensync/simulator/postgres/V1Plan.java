package io.tokensync.simulator.postgres;

import java.util.Objects;

/**
 * Nodes of Rubix v1 to be made beside those of a {@link io.tokensync.simulator.SimulationPlan}.
 *
 * @param nodes how many; at least one
 * @param tokens how many token rows on all of them together, wrong ones included
 * @param network on which they are
 * @param access where their databases are to be
 */
public record V1Plan(int nodes, long tokens, V1Network network, PostgresAccess access) {
    /** So many that each schema is there, and few enough for the names. */
    private static final int MOST_NODES = 1000;

    public V1Plan {
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(access, "access");
        if (nodes < 1 || nodes > MOST_NODES || tokens < 0) {
            throw new IllegalArgumentException("possible are 1 to " + MOST_NODES + " nodes with 0 tokens or more");
        }
    }

    /** Tokens of one node, so that all are spread evenly. */
    public long tokensOf(V1Node node) {
        return tokens / nodes + (node.index() < tokens % nodes ? 1 : 0);
    }
}
