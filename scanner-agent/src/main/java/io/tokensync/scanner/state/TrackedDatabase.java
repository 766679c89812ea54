package io.tokensync.scanner.state;

import java.time.Duration;
import java.time.Instant;

/**
 * A database that the agent has seen.
 *
 * @param nodeName identity on this machine
 * @param path where it was last
 * @param stamp stamp under which its rows were last read to the end and published; null when it must be read
 * @param readBefore whether it was ever read to its end
 * @param held what was missing when deletions were deferred last, and how often in a row it was the same
 */
public record TrackedDatabase(String nodeName, String path, String stamp, boolean readBefore, Held held) {

    /**
     * Deletions that were deferred.
     *
     * @param fingerprint of the rows
     * @param scans how often in a row they were the same
     * @param at when they were missing last; the epoch when nothing was
     * @param time how long scans have missed them
     */
    public record Held(long fingerprint, int scans, Instant at, Duration time) {
        public static final Held NONE = new Held(0, 0, Instant.EPOCH, Duration.ZERO);

        /**
         * So much of the time between two scans counts: a clock that is set, or an agent that is away, is no time of
         * looking.
         */
        private static final Duration MOST = Duration.ofMinutes(15);

        /** When rows with this fingerprint are missing now. */
        public Held next(long missing, Instant now) {
            if (missing != fingerprint || scans == 0) {
                return new Held(missing, 1, now, Duration.ZERO);
            }
            Duration since = Duration.between(at, now);
            Duration counted = since.isNegative() ? Duration.ZERO : since.compareTo(MOST) > 0 ? MOST : since;
            return new Held(missing, scans + 1, now, time.plus(counted));
        }
    }
}
