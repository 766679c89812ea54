package io.tokensync.scanner.sqlite;

import java.time.Duration;

/**
 * How node databases are read.
 *
 * @param pageRows rows per page and read transaction, 1 to 100,000
 * @param busyTimeout how long SQLite waits for a lock, per try
 * @param busyTries how often a page is tried before the database is left for the next pass, at least 1
 */
public record ReadingConfig(int pageRows, Duration busyTimeout, int busyTries) {
    private static final int MAX_PAGE = 100_000;

    /** Pages of 5,000 rows (about 15 ms), three tries of two seconds. */
    public static final ReadingConfig DEFAULT = new ReadingConfig(5_000, Duration.ofSeconds(2), 3);

    public ReadingConfig {
        if (pageRows < 1 || pageRows > MAX_PAGE) {
            throw new IllegalArgumentException(
                    "scanner.page-rows must be from 1 to " + MAX_PAGE + ", not " + pageRows);
        }
        if (busyTimeout.isNegative() || busyTimeout.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("scanner.busy-timeout must be from 0 to 1m, not " + busyTimeout);
        }
        if (busyTries < 1) {
            throw new IllegalArgumentException("scanner.busy-tries must be at least 1, not " + busyTries);
        }
    }
}
