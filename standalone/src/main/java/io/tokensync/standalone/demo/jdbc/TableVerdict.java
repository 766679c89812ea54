package io.tokensync.standalone.demo.jdbc;

import java.util.List;

/**
 * What a comparison of the table with the truth has found.
 *
 * @param expected rows that the truth has
 * @param matching rows that are equal field by field
 * @param missing rows that the table lacks
 * @param differing rows with a wrong field
 * @param unexpected rows of the simulated nodes that the truth does not have
 * @param examples the first findings, one sentence each
 */
public record TableVerdict(long expected, long matching, long missing, long differing, long unexpected,
        List<String> examples) {
    /** Whether the table is the truth. */
    public boolean holds() {
        return missing == 0 && differing == 0 && unexpected == 0 && matching == expected;
    }
}
