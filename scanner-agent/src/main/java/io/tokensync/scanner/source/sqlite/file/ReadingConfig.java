package io.tokensync.scanner.source.sqlite.file;

import java.time.Duration;

import io.tokensync.common.config.Bounds;
import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Settings;

/**
 * How node databases are read.
 *
 * @param pageRows most rows per page and read transaction, 1 to 100,000
 * @param pageTime after which a page ends before it is full, so that a writer never waits longer; zero reads row by row
 * @param busyTimeout how long SQLite waits for a lock, per try
 * @param busyTries how often a page is tried before the database is left for the next scan cycle, at least 1
 * @param heldConnections most connections that are held open between scan cycles to see changes by, 0 to 10,000
 * @param databaseTimeout how long the reading of a database may make no progress, whatever it waits for, before the others
 *        go on without it; from a second to a day
 */
public record ReadingConfig(int pageRows, Duration pageTime, Duration busyTimeout, int busyTries,
        int heldConnections, Duration databaseTimeout) {
    public static final KeySection KEYS = KeySection.of("scanner");

    private static final ConfigKey<Integer> PAGE_ROWS = KEYS.add(ConfigKey.integer("page-rows", 500, 1, 100_000,
            "Most rows of a page; each page is a short read transaction, and a node that writes waits for one at most.")
            .replacing("the batches of 1,000 tokens"));
    private static final ConfigKey<Duration> PAGE_TIME = KEYS.add(ConfigKey.duration("page-time",
            Duration.ofMillis(10), "After which a page ends before it is full; 0s reads row by row.")
            .within(Bounds.of(Duration.ZERO, Duration.ofSeconds(10))));
    private static final ConfigKey<Duration> BUSY_TIMEOUT = KEYS.add(ConfigKey.duration("busy-timeout",
            Duration.ofSeconds(2), "How long SQLite waits for a lock, per try.")
            .within(Bounds.of(Duration.ZERO, Duration.ofMinutes(1))));
    private static final ConfigKey<Integer> BUSY_TRIES = KEYS.add(ConfigKey.integer("busy-tries", 3, 1, 100,
            "How often a page is tried before the database is left for the next scan cycle."));
    private static final ConfigKey<Integer> HELD_CONNECTIONS = KEYS.add(ConfigKey.integer("held-connections", 250, 0,
            10_000,
            "Most connections that are held open between scan cycles, to see commits without reading a table; they "
                    + "hold no lock."));
    private static final ConfigKey<Duration> DATABASE_TIMEOUT = KEYS.add(ConfigKey.duration("database-timeout",
            Duration.ofMinutes(10), "How long the reading of a database, or the search for them, may make no progress "
                    + "before the others go on without it.")
            .within(Bounds.of(Duration.ofSeconds(1), Duration.ofDays(1))));

    /** Pages of 500 rows or 10 ms, three tries of two seconds, 250 connections held, ten minutes without progress. */
    public static final ReadingConfig DEFAULT = new ReadingConfig(PAGE_ROWS.standard(), PAGE_TIME.standard(),
            BUSY_TIMEOUT.standard(), BUSY_TRIES.standard(), HELD_CONNECTIONS.standard(), DATABASE_TIMEOUT.standard());

    public ReadingConfig {
        PAGE_ROWS.require(pageRows);
        PAGE_TIME.require(pageTime);
        BUSY_TIMEOUT.require(busyTimeout);
        BUSY_TRIES.require(busyTries);
        HELD_CONNECTIONS.require(heldConnections);
        DATABASE_TIMEOUT.require(databaseTimeout);
    }

    /** From the keys of {@code scanner}. */
    public static ReadingConfig from(Settings settings) {
        return new ReadingConfig(settings.get(PAGE_ROWS), settings.get(PAGE_TIME), settings.get(BUSY_TIMEOUT),
                settings.get(BUSY_TRIES), settings.get(HELD_CONNECTIONS), settings.get(DATABASE_TIMEOUT));
    }
}
