package io.tokensync.monitor.app;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.StageGroups;
import io.tokensync.common.kafka.topics.TopicKeys;
import io.tokensync.monitor.alert.AlertSettings;
import io.tokensync.monitor.audit.AuditSettings;
import io.tokensync.monitor.probe.LagWatch.Reading;
import io.tokensync.monitor.web.PageSettings;

/**
 * What is looked at, and who is told.
 *
 * @param page the status page
 * @param stages admin endpoints by stage
 * @param readings which group reads which topic, by stage
 * @param audit the table to audit; empty for none
 * @param alerts who is told
 * @param silence after how long without a word an agent counts as silent
 */
public record MonitorUiConfig(PageSettings page, Map<String, List<URI>> stages, Map<String, Reading> readings,
        Optional<AuditSettings> audit, AlertSettings alerts, Duration silence) {
    public static final KeySection KEYS = KeySection.template();

    private static final String PREFIX = "monitor.stages.";
    private static final List<ConfigKey<List<URI>>> STAGES = List.of(stage("scanner"), stage("enricher"),
            stage("writer"));

    public MonitorUiConfig {
        Objects.requireNonNull(page, "page");
        stages = Map.copyOf(stages);
        readings = Map.copyOf(readings);
    }

    /** Nothing: for running inside another program. */
    public static MonitorUiConfig off(Duration silence) {
        return new MonitorUiConfig(PageSettings.off(), Map.of(), Map.of(), Optional.empty(), AlertSettings.off(),
                silence);
    }

    /**
     * From {@code monitor.page}, {@code monitor.stages}, {@code monitor.sql}, {@code monitor.audit}, {@code monitor.alerts}
     * and the names of groups and topics.
     */
    public static MonitorUiConfig from(Settings settings, Duration silence) {
        Map<String, List<URI>> stages = new LinkedHashMap<>();
        STAGES.forEach(stage -> stages.put(stage.name().substring(PREFIX.length()), settings.get(stage)));
        return new MonitorUiConfig(settings.build(() -> PageSettings.from(settings)).orElseGet(PageSettings::off),
                stages,
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

    private static ConfigKey<List<URI>> stage(String name) {
        return KEYS.add(ConfigKey.uris(PREFIX + name, "Admin endpoints of the " + name + "s, such as http://" + name
                + ":9404: what they wait for shows on the page. A host name stands for all of its addresses."));
    }
}
