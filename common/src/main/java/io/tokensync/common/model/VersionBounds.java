package io.tokensync.common.model;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How high the versions of a row can be at a moment. Versions are times, and the highest wins: one that lies far ahead of all
 * clocks would win for ever.
 *
 * @param record of row and deletion, in microseconds since the epoch
 * @param attempt of content that was not found, in milliseconds since the epoch
 * @param reading of content that was found; see {@link Content.Fetched#HIGHEST_READING}
 */
public record VersionBounds(long record, long attempt, long reading) {
    /** How far a version may lie ahead: as much as clocks are wrong. */
    public static final Duration TOLERANCE = Duration.ofDays(1);

    /** Those of a moment itself. */
    public static VersionBounds at(Instant moment) {
        return new VersionBounds(ChronoUnit.MICROS.between(Instant.EPOCH, moment), moment.toEpochMilli(),
                Content.Fetched.HIGHEST_READING);
    }

    /** Those up to which versions are believed at a moment. */
    public static VersionBounds believedAt(Instant moment) {
        return at(moment.plus(TOLERANCE));
    }
}
