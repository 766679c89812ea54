package io.tokensync.common.config;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a value may be at least and at most, both included.
 *
 * @param <T> of the value
 */
public final class Bounds<T> {
    /** The shortest time that can be written: what is longer than zero. */
    private static final Duration SHORTEST = Duration.ofMillis(1);
    /** Longer than zero. */
    public static final Bounds<Duration> POSITIVE = atLeast(SHORTEST);

    private final Comparator<T> order;
    private final T least;
    private final Optional<T> most;

    private Bounds(Comparator<T> order, T least, Optional<T> most) {
        this.order = order;
        this.least = least;
        this.most = most;
    }

    public static <T extends Comparable<T>> Bounds<T> of(T least, T most) {
        return new Bounds<>(Comparator.naturalOrder(), least, Optional.of(most));
    }

    public static <T extends Comparable<T>> Bounds<T> atLeast(T least) {
        return new Bounds<>(Comparator.naturalOrder(), least, Optional.empty());
    }

    boolean allow(T value) {
        return order.compare(value, least) >= 0 && most.filter(limit -> order.compare(value, limit) > 0).isEmpty();
    }

    /** For people, behind "must be". */
    String text(Function<T, String> format) {
        if (least.equals(SHORTEST)) {
            return "longer than zero" + most.map(limit -> " and at most " + format.apply(limit)).orElse("");
        }
        return most.map(limit -> "from " + format.apply(least) + " to " + format.apply(limit))
                .orElseGet(() -> "at least " + format.apply(least));
    }
}
