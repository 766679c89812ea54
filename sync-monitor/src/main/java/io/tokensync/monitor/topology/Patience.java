package io.tokensync.monitor.topology;

import java.time.Duration;

/**
 * How long is long.
 *
 * @param stalled without any movement of records that are on their way, after which a session counts as stalled
 * @param silent without any word of the agent, after which a scan that has not ended counts as interrupted
 * @param kept how long a session is kept after its last movement
 * @param sessionsPerAgent how many sessions of one agent are kept at most
 */
public record Patience(Duration stalled, Duration silent, Duration kept, int sessionsPerAgent) {
    public static final Patience STANDARD = new Patience(Duration.ofMinutes(10), Duration.ofMinutes(30),
            Duration.ofDays(7), 100);

    public Patience {
        requirePositive(stalled, "monitor.stalled-after");
        requirePositive(silent, "monitor.silent-after");
        requirePositive(kept, "monitor.keep-sessions");
        if (sessionsPerAgent < 1) {
            throw new IllegalArgumentException("monitor.sessions-per-agent must be at least 1");
        }
    }

    private static void requirePositive(Duration duration, String key) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(key + " must be longer than nothing, not " + duration);
        }
    }
}
