package io.tokensync.writer.batch;

import java.util.List;
import java.util.Map;

/**
 * A batch of which everything is accounted for.
 *
 * @param byOrigin the rows that are in the table now, each counted for the newest of its records
 * @param rejected the records that the database does not take, for {@code tokens.dead-letter}
 */
public record WriteOutcome(Map<ReceiptKey, BatchCounts> byOrigin, List<Rejected> rejected) {
    /** Nothing was there to write. */
    public static final WriteOutcome NOTHING = written(Map.of());

    /** A record that cannot be written, and the failure that says why. */
    public record Rejected(Received received, SqlFailure cause) {}

    public WriteOutcome {
        byOrigin = Map.copyOf(byOrigin);
        rejected = List.copyOf(rejected);
    }

    /** Everything was written. */
    public static WriteOutcome written(Map<ReceiptKey, BatchCounts> byOrigin) {
        return new WriteOutcome(byOrigin, List.of());
    }

    /** All rows together. */
    public BatchCounts counts() {
        return byOrigin.values().stream().reduce(BatchCounts.NONE, BatchCounts::plus);
    }
}
