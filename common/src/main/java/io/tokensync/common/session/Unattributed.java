package io.tokensync.common.session;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * Records that were put aside and do not tell which session they belong to.
 *
 * @param deadLetters how many, by code of the reason
 * @param lastAt the last of them
 */
public record Unattributed(Map<String, Long> deadLetters, Instant lastAt) implements Account {
    public Unattributed {
        deadLetters = Tallies.copy(deadLetters);
        Objects.requireNonNull(lastAt, "last_at");
    }

    @Override
    public String key() {
        return "unattributed";
    }
}
