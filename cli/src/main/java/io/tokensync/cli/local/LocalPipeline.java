package io.tokensync.cli.local;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.admin.Admin;

import io.tokensync.cli.terminal.Progress;
import io.tokensync.common.kafka.ConsumerLag;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.Topics;
import io.tokensync.common.runtime.Closer;
import io.tokensync.common.runtime.Service;
import io.tokensync.common.runtime.StageStatus.State;
import io.tokensync.common.session.SyncSession;
import io.tokensync.enricher.EnricherApp;
import io.tokensync.monitor.MonitorApp;
import io.tokensync.scanner.ScannerApp;
import io.tokensync.scanner.report.ScanReport;
import io.tokensync.writer.WriterApp;

/**
 * The three stages and the monitor as they are, in one process, talking through topics only. What it adds is knowing when
 * they are done: the monitor says whether everything of this run's sessions is accounted for, and the broker whether a
 * stage has committed what earlier runs have left.
 */
public final class LocalPipeline implements AutoCloseable {
    private final Closer closer = new Closer();
    private final List<ScannerApp> agents = new ArrayList<>();
    private final EnricherApp enricher;
    private final WriterApp writer;
    private final MonitorApp monitor;
    private final LocalPlan plan;
    private final ConsumerLag lag;
    private final PipelineCounters counters;

    private LocalPipeline(LocalPlan plan, MeterRegistry registry, Clock clock) {
        this.plan = plan;
        Admin admin = closer.register(new KafkaClients(plan.enricher().kafka()).admin("tokensync-local"));
        this.lag = new ConsumerLag(admin);
        this.monitor = closer.register(MonitorApp.create(plan.monitor(), registry, clock));
        this.writer = closer.register(WriterApp.create(plan.writer(), registry, clock));
        this.enricher = closer.register(EnricherApp.create(plan.enricher(), registry, clock));
        plan.agents().forEach(config -> agents.add(closer.register(ScannerApp.create(config, registry, clock))));
        this.counters = new PipelineCounters(registry, agents);
    }

    /** Builds and starts the stages, the last one first. */
    public static LocalPipeline start(LocalPlan plan, MeterRegistry registry, Clock clock) {
        LocalPipeline pipeline = new LocalPipeline(plan, registry, clock);
        try {
            pipeline.monitor.start();
            pipeline.writer.start();
            pipeline.enricher.start();
            pipeline.agents.forEach(ScannerApp::start);
            return pipeline;
        } catch (RuntimeException e) {
            pipeline.closer.closeAfter(e);
            throw e;
        }
    }

    /**
     * Whether every agent has finished its pass, every record has reached its end, the proof of it is in the database, and
     * content that was due to be asked for again has been. Only for agents that scan once.
     *
     * @throws StageFailedException when a stage has ended by itself because of a failure
     */
    public boolean isDone() throws InterruptedException {
        failIfAStageHasFailed();
        return agents.stream().allMatch(agent -> agent.termination().isDone())
                && lag.isDrained(plan.enricher().loop().group(), List.of(Topics.SCANNED))
                && enricher.isCaughtUpWithRetries()
                && lag.isDrained(plan.writer().loop().group(), List.of(Topics.ENRICHED))
                && reports().stream().allMatch(this::isProved)
                && lag.isDrained(plan.writer().accountGroup(), List.of(Topics.SESSIONS));
    }

    /** Whether the monitor has accounted for everything that the pass has moved. */
    private boolean isProved(ScanReport report) {
        return report.rows().published() + report.rows().deleted() + report.rows().refusedNow() == 0
                || monitor.views().session(report.sessionId()).filter(session -> session.status().isComplete())
                        .isPresent();
    }

    /** What the monitor says of this run's sessions. */
    public List<SyncSession> sessions() {
        return reports().stream().map(report -> monitor.views().session(report.sessionId())).flatMap(Optional::stream)
                .toList();
    }

    /** Throws when a stage has ended by itself because of a failure. */
    public void failIfAStageHasFailed() {
        stages().forEach((name, stage) -> {
            if (stage.termination().isCompletedExceptionally()) {
                try {
                    stage.termination().join();
                } catch (CompletionException e) {
                    throw new StageFailedException(name, e.getCause());
                }
            }
        });
    }

    /** Where the status page is; empty when there is none. */
    public Optional<URI> page() {
        return monitor.page();
    }

    /** How far it is. */
    public Progress progress() {
        List<String> waiting = new ArrayList<>();
        stages().forEach((name, stage) -> {
            if (stage.status().snapshot().state() == State.WAITING) {
                waiting.add(name + " waits: " + stage.status().snapshot().cause());
            }
        });
        return counters.progress(waiting);
    }

    /** Counters of this run. */
    public PipelineCounters counters() {
        return counters;
    }

    /** The last pass of each agent that has finished one. */
    public List<ScanReport> reports() {
        return agents.stream().map(ScannerApp::lastReport).flatMap(Optional::stream).toList();
    }

    /** Ends the stages in order, the first one first; what is on its way stays in the topics for the next run. */
    @Override
    public void close() {
        closer.close();
    }

    private Map<String, Service> stages() {
        Map<String, Service> stages = new LinkedHashMap<>();
        for (int agent = 0; agent < agents.size(); agent++) {
            stages.put(agents.size() == 1 ? "scanner" : "scanner " + (agent + 1), agents.get(agent));
        }
        stages.put("enricher", enricher);
        stages.put("writer", writer);
        stages.put("monitor", monitor);
        return stages;
    }
}
