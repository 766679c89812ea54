package io.tokensync.standalone.run;

import java.util.List;
import java.util.Optional;

import io.tokensync.common.config.Settings;
import io.tokensync.enricher.EnricherConfig;
import io.tokensync.monitor.MonitorConfig;
import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.writer.WriterConfig;

/**
 * The stages of a run in one process.
 *
 * @param agents one agent per machine that is watched
 * @param enricher its one enricher
 * @param writer its one writer
 * @param monitor its one monitor
 */
public record LocalPlan(List<ScannerConfig> agents, EnricherConfig enricher, WriterConfig writer,
        MonitorConfig monitor) {
    public LocalPlan {
        agents = List.copyOf(agents);
    }

    /**
     * The plan that these settings describe, with one agent; the keys are those of the stages' own configuration files.
     *
     * @throws io.tokensync.common.config.ConfigException with everything that is wrong with them
     */
    public static LocalPlan of(Settings settings) {
        Optional<ScannerConfig> agent = settings.build(() -> ScannerConfig.from(settings));
        Optional<EnricherConfig> enricher = settings.build(() -> EnricherConfig.from(settings));
        Optional<WriterConfig> writer = settings.build(() -> WriterConfig.from(settings));
        Optional<MonitorConfig> monitor = settings.build(() -> MonitorConfig.from(settings));
        settings.check();
        return new LocalPlan(List.of(agent.orElseThrow()), enricher.orElseThrow(), writer.orElseThrow(),
                monitor.orElseThrow());
    }

    /** The same stages behind other agents. */
    public LocalPlan withAgents(List<ScannerConfig> newAgents) {
        return new LocalPlan(newAgents, enricher, writer, monitor);
    }
}
