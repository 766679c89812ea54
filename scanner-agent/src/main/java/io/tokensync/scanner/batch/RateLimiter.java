package io.tokensync.scanner.batch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.tokensync.common.time.Sleeper;

/**
 * How fast rows of a database are published that was never scanned to its end, so that a machine that is new does not
 * fill the topics faster than everybody behind them reads. One for all databases of an agent; one thread.
 */
public final class RateLimiter {
    private static final long NANOS = 1_000_000_000;

    private final int rowsPerSecond;
    private final Clock clock;
    private final Sleeper sleeper;
    private Instant next = Instant.MIN;

    /**
     * @param rowsPerSecond 0 for no limit
     * @param sleeper waits; interrupted when the service closes
     */
    public RateLimiter(int rowsPerSecond, Clock clock, Sleeper sleeper) {
        this.rowsPerSecond = rowsPerSecond;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** Rows of a batch: those of a second at most, so that no burst is longer. */
    public int batchRows(int usual) {
        return rowsPerSecond == 0 ? usual : Math.min(usual, rowsPerSecond);
    }

    /**
     * Waits until so many more rows may be published. No database is being read and nothing is locked meanwhile.
     *
     * @throws InterruptedException when the service closes
     */
    public void await(int rows) throws InterruptedException {
        if (rowsPerSecond == 0 || rows == 0) {
            return;
        }
        Duration taken = Duration.ofNanos(rows * NANOS / rowsPerSecond);
        Instant now = clock.instant();
        if (next.isAfter(now)) {
            // A clock that has stepped back must not hold up the scan for longer than the rows are worth.
            Duration wait = Duration.between(now, next);
            sleeper.sleep(wait.compareTo(taken) > 0 ? taken : wait);
        }
        next = clock.instant().plus(taken);
    }
}
