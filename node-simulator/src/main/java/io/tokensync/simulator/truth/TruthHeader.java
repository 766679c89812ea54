package io.tokensync.simulator.truth;

import java.util.List;

/** Everything of the truth but its rows. */
public record TruthHeader(TruthOrigin origin, List<TruthMachine> machines, List<TruthNode> nodes,
        List<TruthUnreadable> unreadable, List<TruthRejection> rejected, long rowCount) {
    public TruthHeader {
        machines = List.copyOf(machines);
        nodes = List.copyOf(nodes);
        unreadable = List.copyOf(unreadable);
        rejected = List.copyOf(rejected);
    }
}
