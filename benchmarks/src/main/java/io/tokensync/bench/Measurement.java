package io.tokensync.bench;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One measured figure.
 *
 * @param what what was measured, in a few words
 * @param measured in {@code unit}
 * @param unit for example {@code rows/s}, {@code ms}, {@code MB}
 * @param baseline from the same run, in the same unit
 * @param target what it must reach
 */
public record Measurement(String what, double measured, String unit, Optional<Baseline> baseline, Target target) {
    public Measurement {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(baseline, "baseline");
        Objects.requireNonNull(target, "target");
    }

    /** A figure that must reach so many times its baseline. */
    public static Measurement beside(String what, double measured, String unit, Baseline baseline, double ratio) {
        return new Measurement(what, measured, unit, Optional.of(baseline), new Target.TimesBaseline(ratio));
    }

    /** A figure that must be at least so much. */
    public static Measurement atLeast(String what, double measured, String unit, double bound) {
        return new Measurement(what, measured, unit, Optional.empty(), new Target.AtLeast(bound));
    }

    /** A figure that must be at most so much. */
    public static Measurement atMost(String what, double measured, String unit, double bound) {
        return new Measurement(what, measured, unit, Optional.empty(), new Target.AtMost(bound));
    }

    /** A figure that explains others. */
    public static Measurement note(String what, double measured, String unit) {
        return new Measurement(what, measured, unit, Optional.empty(), new Target.None());
    }

    /** The same figure with a baseline to look at. */
    public Measurement with(Baseline shown) {
        return new Measurement(what, measured, unit, Optional.of(shown), target);
    }

    /** Measured through baseline; empty without one. */
    public OptionalDouble ratio() {
        return baseline.filter(of -> of.value() != 0).map(of -> OptionalDouble.of(measured / of.value()))
                .orElse(OptionalDouble.empty());
    }

    public boolean holds() {
        return target.isReachedBy(measured, baseline);
    }

    String verdict() {
        if (target instanceof Target.None) {
            return "";
        }
        return holds() ? "holds" : "falls short";
    }
}
