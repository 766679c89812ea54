package io.tokensync.simulator.node;

import java.util.Arrays;
import java.util.Optional;

/** The schemas that released nodes have made; each has the columns of the one before, and more behind them. */
public enum SchemaGeneration {
    /** Five columns. */
    G0,
    /** And {@code token_state_hash}, {@code transaction_id}; fungible tokens. */
    G1,
    /** And {@code added}. */
    G2,
    /** And {@code sync_status}; status 20. */
    G3,
    /** And {@code created_at}, {@code updated_at}; status 17. */
    G4;

    public boolean atLeast(SchemaGeneration other) {
        return compareTo(other) >= 0;
    }

    /** The generation that a node is upgraded to; empty for the newest. */
    public Optional<SchemaGeneration> next() {
        return Arrays.stream(values()).filter(later -> compareTo(later) < 0).findFirst();
    }
}
