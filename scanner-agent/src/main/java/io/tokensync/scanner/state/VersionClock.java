package io.tokensync.scanner.state;

import java.time.Clock;
import java.time.Instant;

/**
 * Hands out record versions: one more than the last, beginning at the microseconds since the epoch when that is higher.
 * So those of a run are consecutive, and a set of them is short to write down. They are
 * reserved in the state ahead of use, so that they rise over restarts, crashes and a clock that steps back. When the
 * state is damaged they go on above the last one that this process has handed out, and above the reservation if the
 * damaged file still tells it. What remains: a file that is gone or tells nothing, a new process, and a clock that is
 * behind the versions handed out before. Then old versions are handed out again, and the table keeps the older rows until
 * the clock has caught up and they change once more.
 */
public final class VersionClock {
    /** Versions reserved at a time: ten seconds of the clock. */
    private static final long AHEAD = 10_000_000;
    private static final long MICROS = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private final StateStore state;
    private final Clock clock;
    private long last;
    private long ceiling;

    /**
     * @param floor version that is known to be handed out, whatever the state says; 0 for none
     */
    public VersionClock(StateStore state, Clock clock, long floor) {
        this.state = state;
        this.clock = clock;
        this.ceiling = state.versionCeiling();
        this.last = Math.max(ceiling, floor);
        begin();
    }

    /** A new run of versions begins, at the present time unless that is over already. */
    public void begin() {
        Instant now = clock.instant();
        last = Math.max(last, now.getEpochSecond() * MICROS + now.getNano() / NANOS_PER_MICRO - 1);
    }

    /** The highest version that may have been handed out. */
    public long last() {
        return last;
    }

    /** Gives back what is reserved and not used, so that a restart does not run ahead of the clock. */
    public void release() {
        if (ceiling > last) {
            state.reserveVersions(last);
            ceiling = last;
        }
    }

    /** A version above all that were handed out before. */
    public long next() {
        last++;
        if (last > ceiling) {
            ceiling = last + AHEAD;
            state.reserveVersions(ceiling);
        }
        return last;
    }
}
