package io.tokensync.enricher.retry;

import java.time.Duration;
import java.util.Objects;

import io.tokensync.common.config.Bounds;
import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
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
    public static final KeySection KEYS = KeySection.of("content");

    private static final ConfigKey<Duration> FIRST = KEYS.add(ConfigKey.duration("retry.first-delay",
            Duration.ofMinutes(1),
            "From the time at which a row has passed without its content until it is asked for again.")
            .within(Bounds.POSITIVE));
    private static final ConfigKey<Duration> LONGEST = KEYS.add(ConfigKey.duration("retry.longest-delay",
            Duration.ofHours(6), "Between all further attempts; at least retry.first-delay."));
    private static final ConfigKey<Integer> GIVE_UP = KEYS.add(ConfigKey.integer("give-up", 30, 1, 1_000_000,
            "Attempts after which content is marked as failed; those in which no source could be asked do not count. "
                    + "30 are most of a week.")
            .replacing("5 attempts, after a timeout only"));
    private static final ConfigKey<Duration> WAIT = KEYS.add(ConfigKey.duration("retry.wait", Duration.ofSeconds(30),
            "How long an attempt may take; no row waits for it.").within(Bounds.POSITIVE));
    private static final ConfigKey<Integer> FETCHES = KEYS.add(ConfigKey.integer("retry.fetches", 64, 1, 10_000,
            "Most fetches of one worker under way for retries."));

    public RetrySettings {
        Objects.requireNonNull(longestWait, "longestWait");
        FIRST.require(firstDelay);
        if (longestDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException(LONGEST.name() + " must not be shorter than " + FIRST.name());
        }
        GIVE_UP.require(giveUp);
        WAIT.require(longestWait);
        FETCHES.require(fetches);
    }

    /** From one minute to six hours; given up after thirty attempts, most of a week. */
    public static RetrySettings standard() {
        return new RetrySettings(FIRST.standard(), LONGEST.standard(), GIVE_UP.standard(), WAIT.standard(),
                FETCHES.standard());
    }

    /** Reads {@code content.retry.*} and {@code content.give-up}. */
    public static RetrySettings from(Settings settings) {
        return new RetrySettings(settings.get(FIRST),
                settings.get(LONGEST),
                settings.get(GIVE_UP),
                settings.get(WAIT),
                settings.get(FETCHES));
    }
}
