package io.tokensync.common.session;

import java.util.stream.LongStream;

import io.tokensync.common.model.FieldCheck;

/** Adds counts that came from outside: a sum that is too much stays at the most, and never turns negative. */
public final class BoundedSum {
    private BoundedSum() {}

    /** The sum of counts, none of them negative; at most {@link FieldCheck#MOST}. */
    public static long sum(long... counts) {
        return sum(LongStream.of(counts));
    }

    /** As {@link #sum(long...)}. */
    public static long sum(LongStream counts) {
        return counts.reduce(0, BoundedSum::plus);
    }

    /** The sum of two counts. */
    public static long plus(long one, long other) {
        return Math.min(FieldCheck.MOST, Math.min(FieldCheck.MOST, one) + Math.min(FieldCheck.MOST, other));
    }
}
