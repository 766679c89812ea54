package io.tokensync.bench;

import java.util.Locale;
import java.util.Optional;

/** What a figure must reach. */
public sealed interface Target {
    /** At least so much, in the figure's unit. */
    record AtLeast(double bound) implements Target {}

    /** At most so much, in the figure's unit. */
    record AtMost(double bound) implements Target {}

    /** At least so many times the baseline. */
    record TimesBaseline(double ratio) implements Target {}

    /** Nothing: the figure explains others. */
    record None() implements Target {}

    /** Whether a figure reaches it; one without its baseline does not reach a target that is held against it. */
    default boolean isReachedBy(double measured, Optional<Baseline> baseline) {
        return switch (this) {
            case AtLeast target -> measured >= target.bound();
            case AtMost target -> measured <= target.bound();
            case TimesBaseline target ->
                baseline.isPresent() && measured >= target.ratio() * baseline.orElseThrow().value();
            case None _ -> true;
        };
    }

    /** As people write it. */
    default String text(String unit) {
        return switch (this) {
            case AtLeast target -> ">= " + Quantity.text(target.bound()) + " " + unit;
            case AtMost target -> "<= " + Quantity.text(target.bound()) + " " + unit;
            case TimesBaseline target -> String.format(Locale.ROOT, ">= %.2f x", target.ratio());
            case None _ -> "";
        };
    }
}
