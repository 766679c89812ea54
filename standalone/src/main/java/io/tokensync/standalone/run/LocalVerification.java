package io.tokensync.standalone.run;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import io.tokensync.common.runtime.Closer;
import io.tokensync.scanner.ScannerApp;
import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.scanner.report.AgentStatus.DatabaseStatus;
import io.tokensync.scanner.state.sqlite.StateView;

/**
 * Behind a run of agents that scan once: every agent reads its nodes whole, the writer of the run compares the table with them, and
 * what differs is repaired.
 */
public final class LocalVerification implements AutoCloseable {
    private final Closer closer = new Closer();
    private final List<ScannerConfig> configs;
    private final List<ScannerApp> agents = new ArrayList<>();

    private LocalVerification(List<ScannerConfig> configs) {
        this.configs = configs;
    }

    /** Starts it; the agents of the run, which are done, give up their states. */
    public static LocalVerification start(LocalPipeline pipeline, LocalPlan plan, Clock clock) {
        pipeline.closeAgents();
        LocalVerification verification = new LocalVerification(plan.agents());
        try {
            for (ScannerConfig config : plan.agents()) {
                ScannerApp agent = verification.closer.register(
                        ScannerApp.create(config.withOnce().withVerification(), new SimpleMeterRegistry(), clock));
                verification.agents.add(agent);
                agent.start();
            }
            return verification;
        } catch (RuntimeException e) {
            verification.closer.closeAfter(e);
            throw e;
        }
    }

    /**
     * Whether every node is answered, or has not been for so long that it is given up.
     *
     * @throws StageFailedException when an agent has failed
     */
    public boolean isDone() {
        for (ScannerApp agent : agents) {
            if (agent.termination().isCompletedExceptionally()) {
                throw new StageFailedException("scanner", agent.termination().exceptionNow());
            }
        }
        return agents.stream().allMatch(agent -> agent.termination().isDone());
    }

    /** All databases of the agents, with what came of their verification. */
    public List<DatabaseStatus> results() {
        List<DatabaseStatus> results = new ArrayList<>();
        for (ScannerConfig config : configs) {
            try (StateView view = StateView.open(config.stateDir())) {
                results.addAll(view.status().databases());
            }
        }
        return results;
    }

    @Override
    public void close() {
        closer.close();
    }
}
