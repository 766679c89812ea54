package io.tokensync.common.session;

import java.time.Duration;
import java.time.Instant;

import io.tokensync.common.model.FieldCheck;

/**
 * When a stage worked on something.
 *
 * @param first its first receipt; null before
 * @param last its last receipt; null before
 */
public record StageSpan(Instant first, Instant last) {
    public static final StageSpan NONE = new StageSpan(null, null);

    private static final double MILLIS = 1000.0;

    /** Looks at the times. */
    void check(FieldCheck fields) {
        fields.time("span", first);
        fields.time("span", last);
        fields.require((first == null) == (last == null), "span", "has one end");
    }

    /** Extended by a moment. */
    public StageSpan with(Instant at) {
        return new StageSpan(first == null || at.isBefore(first) ? at : first,
                last == null || at.isAfter(last) ? at : last);
    }

    /** Extended by another span. */
    public StageSpan plus(StageSpan other) {
        return other.first == null ? this : with(other.first).with(other.last);
    }

    /** Rows per second over the span; 0 when it has no length. */
    public double rate(long rows) {
        long millis = first == null ? 0 : Duration.between(first, last).toMillis();
        return millis == 0 ? 0 : rows * MILLIS / millis;
    }
}
