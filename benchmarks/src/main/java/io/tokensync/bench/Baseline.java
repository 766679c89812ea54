package io.tokensync.bench;

import java.util.Objects;

/**
 * What a figure is held against: the plainest way to do the same work, measured in the same run.
 *
 * @param what a few words
 * @param value in the figure's unit
 */
public record Baseline(String what, double value) {
    public Baseline {
        Objects.requireNonNull(what, "what");
    }
}
