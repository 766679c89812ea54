package io.tokensync.scanner.verify;

import java.time.Instant;
import java.util.Objects;

import io.tokensync.common.verification.Outcome;

/**
 * The whole answer to a digest.
 *
 * @param outcome what was found
 * @param verifiedAt when the table was read
 * @param tableRows how many rows it had of the node
 * @param table what it had where it differs
 */
public record WholeVerdict(Outcome outcome, Instant verifiedAt, long tableRows, TableRows table) {
    public WholeVerdict {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(verifiedAt, "verifiedAt");
        Objects.requireNonNull(table, "table");
    }

    /** How many buckets were told that differ. */
    public int buckets() {
        return table.differing().cardinality();
    }
}
