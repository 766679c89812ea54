package io.tokensync.writer.batch;

import java.util.List;

/**
 * A batch of which everything is settled.
 *
 * @param counts the rows that are in the table now
 * @param refused the records that the database does not take, for {@code tokens.dead-letter}
 */
public record WriteOutcome(WriteCounts counts, List<Refused> refused) {

    /** A record that cannot be written, and the failure that says why. */
    public record Refused(Received received, SqlFailure cause) {}

    public WriteOutcome {
        refused = List.copyOf(refused);
    }

    /** Everything was written. */
    public static WriteOutcome written(WriteCounts counts) {
        return new WriteOutcome(counts, List.of());
    }
}
