package io.tokensync.monitor;

import java.util.Objects;

import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.TopicSet;
import io.tokensync.common.kafka.Topics;
import io.tokensync.monitor.lookout.LookoutConfig;
import io.tokensync.monitor.topology.MonitorTopics;
import io.tokensync.monitor.topology.Patience;

/**
 * What the monitor is told.
 *
 * @param kafka where Kafka is
 * @param group name that the monitors of an installation share, and with it the work
 * @param topics where receipts come from and results go
 * @param patience the waits after which something is said of a session
 * @param lookout the status page and the audit
 */
public record MonitorConfig(KafkaSettings kafka, String group, MonitorTopics topics, Patience patience,
        LookoutConfig lookout) {
    /** The group when the configuration names no other. */
    public static final String GROUP = "tokensync-monitor";

    public MonitorConfig {
        Objects.requireNonNull(kafka, "kafka");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(topics, "topics");
        Objects.requireNonNull(patience, "patience");
        Objects.requireNonNull(lookout, "lookout");
    }

    /** Standard names and waits: for running inside another program. */
    public static MonitorConfig of(KafkaSettings kafka) {
        return new MonitorConfig(kafka, GROUP, MonitorTopics.STANDARD, Patience.STANDARD, LookoutConfig.off());
    }

    /** From the keys of {@code monitor}, {@code kafka} and {@code topics}; to be called by {@link Settings#build}. */
    public static MonitorConfig from(Settings settings) {
        var _ = settings.build(() -> TopicSet.from(settings)); // an installation's topics may stand in each file
        return new MonitorConfig(settings.build(() -> KafkaSettings.from(settings)).orElse(null),
                settings.text("monitor.group", GROUP),
                new MonitorTopics(settings.text("topics.receipts.name", Topics.RECEIPTS),
                        settings.text("topics.sessions.name", Topics.SESSIONS),
                        settings.text("topics.dead-letter.name", Topics.DEAD_LETTER)),
                settings.build(() -> patience(settings)).orElse(null),
                settings.build(() -> LookoutConfig.from(settings)).orElse(null));
    }

    private static Patience patience(Settings settings) {
        Patience standard = Patience.STANDARD;
        return new Patience(settings.duration("monitor.stalled-after", standard.stalled()),
                settings.duration("monitor.silent-after", standard.silent()),
                settings.duration("monitor.keep-sessions", standard.kept()),
                settings.integer("monitor.sessions-per-agent", standard.sessionsPerAgent(), 1, 100_000));
    }
}
