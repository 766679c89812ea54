package io.tokensync.scanner.state;

import java.time.Clock;
import java.time.Instant;

/**
 * Hands out record versions: microseconds since the epoch, or one more than the last, whichever is higher. They are
 * reserved in the state ahead of use, so that they rise over restarts, crashes and a clock that steps back. When the
 * state is lost they rise as long as the clock is not behind the versions handed out before; a clock that is set back and
 * a state that is lost at the same time would hand out old versions again, and the table would keep the older rows
 * until the clock has caught up.
 */
public final class VersionClock {
    /** Versions reserved at a time: ten seconds of the clock. */
    private static final long AHEAD = 10_000_000;
    private static final long MICROS = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private final ScannerState state;
    private final Clock clock;
    private long last;
    private long ceiling;

    public VersionClock(ScannerState state, Clock clock) {
        this.state = state;
        this.clock = clock;
        this.ceiling = state.versionCeiling();
        this.last = ceiling;
    }

    /** A version above all that were handed out before. */
    public long next() {
        Instant now = clock.instant();
        long micros = now.getEpochSecond() * MICROS + now.getNano() / NANOS_PER_MICRO;
        last = Math.max(last + 1, micros);
        if (last > ceiling) {
            ceiling = last + AHEAD;
            state.reserveVersions(ceiling);
        }
        return last;
    }
}
