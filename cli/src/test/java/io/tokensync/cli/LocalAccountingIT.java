package io.tokensync.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.cli.local.RunFollower;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.runtime.ShutdownHooks;
import io.tokensync.common.runtime.StopSignal;
import io.tokensync.monitor.MonitorConfig;
import io.tokensync.simulator.Simulation;
import io.tokensync.simulator.SimulationPlan;
import io.tokensync.simulator.truth.Truth;
import io.tokensync.standalone.data.DataDirectory;
import io.tokensync.standalone.demo.jdbc.EmbeddedConnection;
import io.tokensync.standalone.demo.jdbc.TableVerdict;
import io.tokensync.standalone.run.LocalPipeline;
import io.tokensync.standalone.run.LocalPlan;
import io.tokensync.standalone.run.LocalRun;
import io.tokensync.standalone.run.LocalSettings;
import io.tokensync.standalone.run.RunReport;
import io.tokensync.standalone.run.WaitMessages;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code local} without session summaries: the tokens arrive, and the run says what it cannot prove. */
class LocalAccountingIT {
    @TempDir
    Path directory;

    @Test
    void aRunWhoseReconciliationFailsEndsWithTheTokensInTheTableAndWithoutProof() throws Exception {
        Truth truth = Simulation.write(SimulationPlan.of(directory.resolve("nodes"), 3, 1_500, 2).withMachines(1)
                .flawless());
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        try (StopSignal stop = new StopSignal(ShutdownHooks.system());
                DataDirectory data = DataDirectory.open(directory.resolve("data"))) {
            PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
            try (LocalRun run = LocalRun.open(data, Clock.systemUTC(), out)) {
                LocalPlan plan = LocalPlan.of(new LocalSettings(data, run.kafka(), List.of(directory.resolve("nodes")))
                        .with("scanner.once", true).with("scanner.source-ip", truth.machines().getFirst().sourceIp())
                        .settings(Map.of()));
                WaitMessages waits = new WaitMessages(Clock.systemUTC(), Optional.empty());
                LocalPipeline pipeline = run.start(stop, withBrokenMonitor(plan), waits);
                Duration took = new RunFollower(run, pipeline, Clock.systemUTC(), out).follow(true, stop, waits)
                        .orElseThrow();
                RunReport report = new RunReport(pipeline);
                List<String> lines = report.lines(took);
                assertThat(report.isIncomplete()).as("exit code 3").isTrue();
                assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("no proof")
                        .contains("reconciliation has failed"));
                assertThat(lines).filteredOn(line -> line.startsWith("offsets")).hasSize(2)
                        .allSatisfy(line -> assertThat(line).matches(".* ([\\d,]+) of the \\1 offsets .*"));
            }
            assertThat(EmbeddedConnection.check(data, truth)).matches(TableVerdict::holds);
        }
        assertThat(shown.toString(StandardCharsets.UTF_8)).contains("monitor has failed and is started again")
                .contains("tokens go on without session summaries");
    }

    /** With a setting that Kafka Streams cannot even be built with. */
    private static LocalPlan withBrokenMonitor(LocalPlan plan) {
        MonitorConfig monitor = plan.monitor();
        Map<String, String> properties = new HashMap<>(monitor.kafka().properties());
        properties.put("application.server", "nonsense");
        KafkaSettings broken = monitor.kafka().withProperties(properties);
        return new LocalPlan(plan.agents(), plan.enricher(), plan.writer(), new MonitorConfig(broken, monitor.group(),
                monitor.topics(), monitor.longestWait(), monitor.monitorUi()));
    }
}
