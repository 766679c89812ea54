package io.tokensync.common.model;

import java.time.Instant;
import java.util.Objects;

/** What happened to a row in its node's database. */
public sealed interface Change {

    /** The row is new, or a field of it changed. */
    record Upsert(TokenRow row) implements Change {
        public Upsert {
            Objects.requireNonNull(row, "row");
        }
    }

    /**
     * The row is gone.
     *
     * @param deletedAt when the agent noticed; UTC, cut to 100 ns
     */
    record Delete(Instant deletedAt) implements Change {
        public Delete {
            deletedAt = Times.cut(Objects.requireNonNull(deletedAt, "deleted_at"));
        }
    }
}
