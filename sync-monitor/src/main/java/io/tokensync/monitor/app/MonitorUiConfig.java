package io.tokensync.monitor.app;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.StageGroups;
import io.tokensync.common.kafka.topics.TopicKeys;
import io.tokensync.monitor.alert.AlertSettings;
import io.tokensync.monitor.audit.AuditSettings;
import io.tokensync.monitor.probe.LagWatch.Reading;
import io.tokensync.monitor.probe.StageEndpoints;
import io.tokensync.monitor.web.PageSettings;

/**
 * What is looked at, and who is told.
 *
 * @param page the status page
 * @param stages admin endpoints
 * @param readings which group reads which topic, by stage
 * @param audit the table to audit; empty for none
 * @param alerts who is told
 * @param silence after how long without a word an agent counts as silent
 */
public record MonitorUiConfig(PageSettings page, StageEndpoints stages, Map<String, Reading> readings,
        Optional<AuditSettings> audit, AlertSettings alerts, Duration silence) {
    public MonitorUiConfig {
        Objects.requireNonNull(page, "page");
        Objects.requireNonNull(stages, "stages");
        readings = Map.copyOf(readings);
    }

    /** Nothing: for running inside another program. */
    public static MonitorUiConfig off(Duration silence) {
        return new MonitorUiConfig(PageSettings.off(), StageEndpoints.of(Map.of()), Map.of(), Optional.empty(),
                AlertSettings.off(),
                silence);
    }

    /**
     * From {@code monitor.page}, {@code monitor.stages}, {@code monitor.sql}, {@code monitor.audit}, {@code monitor.alerts}
     * and the names of groups and topics.
     */
    public static MonitorUiConfig from(Settings settings, Duration silence) {
        return new MonitorUiConfig(settings.build(() -> PageSettings.from(settings)).orElseGet(PageSettings::off),
                settings.build(() -> StageEndpoints.from(settings)).orElseGet(() -> StageEndpoints.of(Map.of())),
                Map.of("monitor", new Reading(settings.get(StageGroups.MONITOR),
                        settings.get(TopicKeys.RECEIPTS.name())),
                        "enricher", new Reading(settings.get(StageGroups.ENRICHER),
                                settings.get(TopicKeys.SCANNED.name())),
                        "writer", new Reading(settings.get(StageGroups.WRITER),
                                settings.get(TopicKeys.ENRICHED.name()))),
                settings.build(() -> AuditSettings.from(settings)).orElse(Optional.empty()),
                settings.build(() -> AlertSettings.from(settings)).orElseGet(AlertSettings::off),
                silence);
    }
}
