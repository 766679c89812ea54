package io.tokensync.scanner.source.sqlite;

import java.time.Clock;
import java.time.Duration;

import io.tokensync.scanner.watch.Watchdog;

/** A watch that waits as long as any test does. */
final class TestWatch {
    private TestWatch() {}

    static DatabaseWatch create() {
        return new DatabaseWatch(new Watchdog("test-files", Duration.ofMinutes(10), Clock.systemUTC()));
    }
}
