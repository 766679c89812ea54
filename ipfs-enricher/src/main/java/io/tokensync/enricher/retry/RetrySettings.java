package io.tokensync.enricher.retry;

import java.time.Duration;
import java.util.Objects;

import io.tokensync.common.config.Settings;

/**
 * When missing content is asked for again.
 *
 * @param firstDelay after a row has passed without its content
 * @param longestDelay after the last step, and between all further attempts
 * @param giveUp attempts after which content is marked as failed; those in which no source could be asked do not count
 * @param longestWait how long an attempt may take; no row waits for it
 * @param fetches most fetches of one worker under way for retries
 */
public record RetrySettings(Duration firstDelay, Duration longestDelay, int giveUp, Duration longestWait, int fetches) {
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(6);
    /** Most of a week. */
    private static final int GIVE_UP = 30;
    private static final int MOST_ATTEMPTS = 1_000_000;
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final int FETCHES = 64;
    private static final int MOST_FETCHES = 10_000;

    public RetrySettings {
        Objects.requireNonNull(longestWait, "longestWait");
        require(firstDelay.isPositive(), "content.retry.first-delay must be longer than zero");
        require(longestDelay.compareTo(firstDelay) >= 0,
                "content.retry.longest-delay must not be shorter than content.retry.first-delay");
        require(giveUp > 0, "content.give-up must be at least one attempt");
        require(longestWait.isPositive(), "content.retry.wait must be longer than zero");
        require(fetches > 0, "content.retry.fetches must be at least 1");
    }

    /** From one minute to six hours; given up after thirty attempts, most of a week. */
    public static RetrySettings standard() {
        return new RetrySettings(FIRST, LONGEST, GIVE_UP, WAIT, FETCHES);
    }

    /** Reads {@code content.retry.*} and {@code content.give-up}. */
    public static RetrySettings from(Settings settings) {
        return new RetrySettings(settings.duration("content.retry.first-delay", FIRST),
                settings.duration("content.retry.longest-delay", LONGEST),
                settings.integer("content.give-up", GIVE_UP, 1, MOST_ATTEMPTS),
                settings.duration("content.retry.wait", WAIT),
                settings.integer("content.retry.fetches", FETCHES, 1, MOST_FETCHES));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
