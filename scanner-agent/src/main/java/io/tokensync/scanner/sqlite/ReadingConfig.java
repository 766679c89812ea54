package io.tokensync.scanner.sqlite;

import java.time.Duration;

/**
 * How node databases are read.
 *
 * @param pageRows most rows per page and read transaction, 1 to 100,000
 * @param pageTime after which a page ends before it is full, so that a writer never waits longer; zero reads row by row
 * @param busyTimeout how long SQLite waits for a lock, per try
 * @param busyTries how often a page is tried before the database is left for the next pass, at least 1
 * @param heldConnections most connections that are held open between passes to see changes by, 0 to 10,000
 * @param databaseTimeout how long the reading of a database may make no progress, whatever it waits for, before the others
 *        go on without it; from a second to a day
 */
public record ReadingConfig(int pageRows, Duration pageTime, Duration busyTimeout, int busyTries,
        int heldConnections, Duration databaseTimeout) {
    private static final int MAX_PAGE = 100_000;
    private static final int MAX_HELD = 10_000;

    /** Pages of 500 rows or 10 ms, three tries of two seconds, 250 connections held, ten minutes without progress. */
    public static final ReadingConfig DEFAULT = new ReadingConfig(500, Duration.ofMillis(10),
            Duration.ofSeconds(2), 3, 250, Duration.ofMinutes(10));

    public ReadingConfig {
        if (pageRows < 1 || pageRows > MAX_PAGE) {
            throw new IllegalArgumentException(
                    "scanner.page-rows must be from 1 to " + MAX_PAGE + ", not " + pageRows);
        }
        if (pageTime.isNegative() || pageTime.compareTo(Duration.ofSeconds(10)) > 0) {
            throw new IllegalArgumentException("scanner.page-time must be from 0 to 10s, not " + pageTime);
        }
        if (busyTimeout.isNegative() || busyTimeout.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("scanner.busy-timeout must be from 0 to 1m, not " + busyTimeout);
        }
        if (busyTries < 1) {
            throw new IllegalArgumentException("scanner.busy-tries must be at least 1, not " + busyTries);
        }
        if (heldConnections < 0 || heldConnections > MAX_HELD) {
            throw new IllegalArgumentException(
                    "scanner.held-connections must be from 0 to " + MAX_HELD + ", not " + heldConnections);
        }
        if (databaseTimeout.compareTo(Duration.ofSeconds(1)) < 0 || databaseTimeout.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "scanner.database-timeout must be from 1s to 24h, not " + databaseTimeout);
        }
    }
}
