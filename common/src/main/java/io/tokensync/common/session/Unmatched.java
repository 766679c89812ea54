package io.tokensync.common.session;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * What belongs to no session that is known.
 *
 * @param deadLetters records that were dead-lettered and do not tell which session they belong to, by code of the reason
 * @param unmatched records that stages have reported, in sessions that nobody has announced or that are not kept any
 *            longer, by stage
 * @param lastAt the last of them
 */
public record Unmatched(Map<String, Long> deadLetters, Map<String, Long> unmatched, Instant lastAt)
        implements
            SessionSummary {
    public Unmatched {
        deadLetters = CountsByCode.copy(deadLetters);
        unmatched = CountsByCode.copy(unmatched == null ? Map.of() : unmatched);
        Objects.requireNonNull(lastAt, "last_at");
    }

    /** Both together. */
    public Unmatched plus(Unmatched other) {
        return new Unmatched(CountsByCode.sum(deadLetters, other.deadLetters),
                CountsByCode.sum(unmatched, other.unmatched),
                lastAt.isBefore(other.lastAt) ? other.lastAt : lastAt);
    }

    @Override
    public String key() {
        return "unmatched";
    }
}
