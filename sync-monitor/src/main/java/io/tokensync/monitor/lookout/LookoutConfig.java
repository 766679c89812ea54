package io.tokensync.monitor.lookout;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.Topics;
import io.tokensync.monitor.alert.AlertSettings;
import io.tokensync.monitor.audit.AuditSettings;
import io.tokensync.monitor.page.PageSettings;
import io.tokensync.monitor.watch.LagWatch.Reading;

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
public record LookoutConfig(PageSettings page, Map<String, List<URI>> stages, Map<String, Reading> readings,
        Optional<AuditSettings> audit, AlertSettings alerts, Duration silence) {
    private static final List<String> STAGES = List.of("scanner", "enricher", "writer");
    private static final Duration SILENCE = Duration.ofMinutes(30);

    public LookoutConfig {
        Objects.requireNonNull(page, "page");
        stages = Map.copyOf(stages);
        readings = Map.copyOf(readings);
    }

    /** Nothing: for running inside another program. */
    public static LookoutConfig off() {
        return new LookoutConfig(PageSettings.off(), Map.of(), Map.of(), Optional.empty(), AlertSettings.off(),
                SILENCE);
    }

    /** From {@code monitor.page}, {@code monitor.stages}, {@code monitor.sql}, {@code monitor.audit}, {@code monitor.alerts} and the names of groups and topics. */
    public static LookoutConfig from(Settings settings) {
        Map<String, List<URI>> stages = new LinkedHashMap<>();
        STAGES.forEach(stage -> stages.put(stage, settings.uris("monitor.stages." + stage)));
        return new LookoutConfig(settings.build(() -> PageSettings.from(settings)).orElseGet(PageSettings::off), stages,
                Map.of("monitor", new Reading(settings.text("monitor.group", "tokensync-monitor"),
                        settings.text("topics.receipts.name", Topics.RECEIPTS)),
                        "enricher", new Reading(settings.text("enricher.group", "tokensync-enricher"),
                                settings.text("topics.scanned.name", Topics.SCANNED)),
                        "writer", new Reading(settings.text("writer.group", "tokensync-writer"),
                                settings.text("topics.enriched.name", Topics.ENRICHED))),
                settings.build(() -> AuditSettings.from(settings)).orElse(Optional.empty()),
                settings.build(() -> AlertSettings.from(settings)).orElseGet(AlertSettings::off),
                settings.duration("monitor.silent-after", SILENCE));
    }
}
