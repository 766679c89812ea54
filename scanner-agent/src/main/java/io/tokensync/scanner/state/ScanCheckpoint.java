package io.tokensync.scanner.state;

import java.time.Instant;
import java.util.Objects;

/**
 * What is remembered of a table scan that came to the end of its database.
 *
 * @param stamp what the database is to be compared with next time; null to read it in any case
 * @param held deletions deferred, or none
 * @param heldRows how many of them
 * @param readAt when the reading began
 * @param changedAt when the database had changed last
 */
public record ScanCheckpoint(String stamp, TrackedDatabase.Held held, long heldRows, Instant readAt,
        Instant changedAt) {
    public ScanCheckpoint {
        Objects.requireNonNull(held, "held");
        Objects.requireNonNull(readAt, "readAt");
        Objects.requireNonNull(changedAt, "changedAt");
    }
}
