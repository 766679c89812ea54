package io.tokensync.monitor;

import java.time.Duration;
import java.util.Objects;

import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.Topics;

/**
 * What the monitor is told.
 *
 * @param kafka where Kafka is
 * @param group name that the monitors of an installation share, and with it the work
 * @param topics where receipts come from and results go
 * @param patience the waits after which something is said of a session
 */
public record MonitorConfig(KafkaSettings kafka, String group, MonitorTopics topics, Patience patience) {
    /** The group when the configuration names no other. */
    public static final String GROUP = "tokensync-monitor";

    /**
     * Topics by name.
     *
     * @param receipts what the stages say
     * @param sessions what the monitor makes of it
     */
    public record MonitorTopics(String receipts, String sessions) {
        public static final MonitorTopics STANDARD = new MonitorTopics(Topics.RECEIPTS, Topics.SESSIONS);

        public MonitorTopics {
            Objects.requireNonNull(receipts, "receipts");
            Objects.requireNonNull(sessions, "sessions");
        }
    }

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

    public MonitorConfig {
        Objects.requireNonNull(kafka, "kafka");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(topics, "topics");
        Objects.requireNonNull(patience, "patience");
    }

    /** Standard names and waits: for running inside another program. */
    public static MonitorConfig of(KafkaSettings kafka) {
        return new MonitorConfig(kafka, GROUP, MonitorTopics.STANDARD, Patience.STANDARD);
    }

    /** From the keys of {@code monitor}, {@code kafka} and {@code topics}; to be called by {@link Settings#build}. */
    public static MonitorConfig from(Settings settings) {
        return new MonitorConfig(settings.build(() -> KafkaSettings.from(settings)).orElse(null),
                settings.text("monitor.group", GROUP),
                new MonitorTopics(settings.text("topics.receipts.name", Topics.RECEIPTS),
                        settings.text("topics.sessions.name", Topics.SESSIONS)),
                settings.build(() -> patience(settings)).orElse(null));
    }

    private static Patience patience(Settings settings) {
        Patience standard = Patience.STANDARD;
        return new Patience(settings.duration("monitor.stalled-after", standard.stalled),
                settings.duration("monitor.silent-after", standard.silent),
                settings.duration("monitor.keep-sessions", standard.kept),
                settings.integer("monitor.sessions-per-agent", standard.sessionsPerAgent, 1, 100_000));
    }
}
