package io.tokensync.scanner.watch;

import java.time.Duration;
import java.time.Instant;

/** Something that has made no progress for too long. Its thread waits for it, and nobody waits for the thread. */
public final class Hang {
    private final Lane lane;
    private final String doing;
    private final Instant begun;
    private final Duration waited;

    Hang(Lane lane, Instant begun, Duration waited) {
        this.lane = lane;
        this.doing = lane.doing();
        this.begun = begun;
        this.waited = waited;
    }

    /** Whether its thread has come back. */
    public boolean isOver() {
        return lane.isIdle();
    }

    /** What hangs since when, in a sentence that stays the same as long as it does. */
    public String describe() {
        return "does not answer: " + doing + " was begun at " + begun + " and made no progress for "
                + waited.toMillis() / 1_000.0 + " s; it is left alone until that has ended";
    }

    Lane lane() {
        return lane;
    }
}
