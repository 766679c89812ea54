package io.tokensync.monitor;

import java.util.Objects;

import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.StageGroups;
import io.tokensync.common.kafka.topics.TopicKeys;
import io.tokensync.common.kafka.topics.TopicSet;
import io.tokensync.monitor.app.MonitorUiConfig;
import io.tokensync.monitor.reconciliation.streams.MonitorTopics;
import io.tokensync.monitor.reconciliation.streams.Timeouts;

/**
 * What the monitor is told.
 *
 * @param kafka where Kafka is
 * @param group name that the monitors of an installation share, and with it the work
 * @param topics where receipts come from and results go
 * @param longestWait the waits after which something is said of a session
 * @param monitorUi the status page and the audit
 */
public record MonitorConfig(KafkaSettings kafka, String group, MonitorTopics topics, Timeouts longestWait,
        MonitorUiConfig monitorUi) {
    /** The group when the configuration names no other. */
    public static final String GROUP = StageGroups.MONITOR.standard();

    public MonitorConfig {
        Objects.requireNonNull(kafka, "kafka");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(topics, "topics");
        Objects.requireNonNull(longestWait, "longestWait");
        Objects.requireNonNull(monitorUi, "monitor UI");
    }

    /** Standard names and waits: for running inside another program. */
    public static MonitorConfig of(KafkaSettings kafka) {
        return new MonitorConfig(kafka, GROUP, MonitorTopics.STANDARD, Timeouts.STANDARD,
                MonitorUiConfig.off(Timeouts.STANDARD.silent()));
    }

    /** From the keys of {@code monitor}, {@code kafka} and {@code topics}; to be called by {@link Settings#build}. */
    public static MonitorConfig from(Settings settings) {
        var _ = settings.build(() -> TopicSet.from(settings)); // an installation's topics may stand in each file
        return new MonitorConfig(settings.build(() -> KafkaSettings.from(settings)).orElse(null),
                settings.get(StageGroups.MONITOR),
                new MonitorTopics(settings.get(TopicKeys.RECEIPTS.name()),
                        settings.get(TopicKeys.SESSIONS.name()),
                        settings.get(TopicKeys.DEAD_LETTER.name())),
                settings.build(() -> Timeouts.from(settings)).orElse(null),
                settings.build(() -> MonitorUiConfig.from(settings, settings.get(Timeouts.SILENT))).orElse(null));
    }
}
