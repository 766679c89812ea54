package io.tokensync.monitor.reconciliation.streams;

import java.time.Duration;

import io.tokensync.common.config.Bounds;
import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Settings;

/**
 * How long is long.
 *
 * @param stalled without any movement of records that are on their way, after which a session counts as stalled
 * @param silent without any word of the agent, after which a scan that has not ended counts as interrupted
 * @param kept how long a session is kept after its last movement
 * @param sessionsPerAgent how many sessions of one agent are kept at most
 */
public record Timeouts(Duration stalled, Duration silent, Duration kept, int sessionsPerAgent) {
    public static final KeySection KEYS = KeySection.of("monitor");
    /** After how long without a word an agent counts as silent. */
    public static final ConfigKey<Duration> SILENT = KEYS.add(ConfigKey.duration("silent-after", Duration.ofMinutes(30),
            "Without any word of the agent, after which a scan that has not ended counts as interrupted.")
            .within(Bounds.POSITIVE));

    private static final ConfigKey<Duration> STALLED = KEYS.add(ConfigKey.duration("stalled-after",
            Duration.ofMinutes(10),
            "Without any movement of records that are on their way, after which a session counts as stalled.")
            .within(Bounds.POSITIVE));
    private static final ConfigKey<Duration> KEPT = KEYS.add(ConfigKey.duration("keep-sessions", Duration.ofDays(7),
            "How long a session is kept after its last movement.").within(Bounds.POSITIVE));
    private static final ConfigKey<Integer> SESSIONS_PER_AGENT = KEYS.add(ConfigKey.integer("sessions-per-agent", 100,
            1, 100_000,
            "Sessions of one agent that are kept at most: of those that published, and of those that did not."));

    public static final Timeouts STANDARD = new Timeouts(STALLED.standard(), SILENT.standard(), KEPT.standard(),
            SESSIONS_PER_AGENT.standard());

    public Timeouts {
        STALLED.require(stalled);
        SILENT.require(silent);
        KEPT.require(kept);
        SESSIONS_PER_AGENT.require(sessionsPerAgent);
    }

    /** From the keys of {@code monitor}. */
    public static Timeouts from(Settings settings) {
        return new Timeouts(settings.get(STALLED), settings.get(SILENT), settings.get(KEPT),
                settings.get(SESSIONS_PER_AGENT));
    }
}
