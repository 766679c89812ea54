package io.tokensync.common.session;

import java.time.Instant;

import io.tokensync.common.model.FieldCheck;

/**
 * Published records of which no end is known yet.
 *
 * @param toEnricher published by the scanner, not handled by the enricher
 * @param toWriter handled by the enricher, not by the writer
 * @param since when the first of them was published or the last of their kind moved; null when there are none
 */
public record InFlightCounts(long toEnricher, long toWriter, Instant since) {
    public static final InFlightCounts NOTHING = new InFlightCounts(0, 0, null);

    /** All of them. */
    public long records() {
        return BoundedSum.plus(toEnricher, toWriter);
    }

    /** Both together, since the earlier of the two. */
    public InFlightCounts plus(InFlightCounts other) {
        return new InFlightCounts(BoundedSum.plus(toEnricher, other.toEnricher),
                BoundedSum.plus(toWriter, other.toWriter),
                earlier(since, other.since));
    }

    /** Looks at the fields. */
    void check(FieldCheck fields) {
        fields.count("to_enricher", toEnricher);
        fields.count("to_writer", toWriter);
        fields.time("since", since);
    }

    private static Instant earlier(Instant one, Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
