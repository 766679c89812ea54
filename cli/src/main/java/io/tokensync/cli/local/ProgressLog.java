package io.tokensync.cli.local;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.standalone.run.Progress;

/** Says now and then in the log how far a run is, in the form of the Python tool, which its users' scripts look for. */
final class ProgressLog {
    private static final Logger log = LoggerFactory.getLogger(ProgressLog.class);
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final double MILLIS = 1000.0;

    private final Clock clock;
    private final Supplier<Progress> progress;
    private final boolean hasEnd;
    private final Instant started;
    private Instant said;
    private Progress last;

    /** @param hasEnd whether an end is to be expected; a run that follows the nodes has none, and no percentage */
    ProgressLog(Clock clock, Supplier<Progress> progress, boolean hasEnd) {
        this.clock = clock;
        this.progress = progress;
        this.hasEnd = hasEnd;
        this.started = clock.instant();
        this.said = started;
    }

    /** A line when it is time to, and something has moved. */
    void tick() {
        Instant now = clock.instant();
        if (Duration.between(said, now).compareTo(INTERVAL) >= 0) {
            said = now;
            Progress present = progress.get();
            if (!present.equals(last)) {
                last = present;
                log.info(text(present, present.percentage(), now));
            }
        }
    }

    /** The last line of a run that is done. */
    void done() {
        log.info(text(progress.get(), 100, clock.instant()));
    }

    private String text(Progress now, double percentage, Instant at) {
        String share = hasEnd ? String.format(Locale.ROOT, "%.1f%%", percentage) : "following";
        double seconds = Math.max(1, Duration.between(started, at).toMillis()) / MILLIS;
        return String.format(Locale.ROOT,
                "Progress: %s | Records: %,d | Rate: %.1f/sec | IPFS Success: %,d | SQL Errors: %,d", share, now.done(),
                now.done() / seconds, now.fetched(), now.sqlErrors());
    }
}
