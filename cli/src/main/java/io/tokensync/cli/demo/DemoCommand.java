package io.tokensync.cli.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.tokensync.cli.local.RunFollower;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.cli.terminal.Logging;
import io.tokensync.common.runtime.ShutdownHooks;
import io.tokensync.common.runtime.StopSignal;
import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.simulator.Simulation;
import io.tokensync.simulator.SimulationPlan;
import io.tokensync.simulator.postgres.PostgresAccess;
import io.tokensync.simulator.postgres.V1Network;
import io.tokensync.simulator.postgres.V1Plan;
import io.tokensync.simulator.truth.Truth;
import io.tokensync.standalone.data.DataDirectory;
import io.tokensync.standalone.demo.DemoFindings;
import io.tokensync.standalone.demo.DemoReport;
import io.tokensync.standalone.demo.jdbc.EmbeddedConnection;
import io.tokensync.standalone.run.LocalPipeline;
import io.tokensync.standalone.run.LocalPlan;
import io.tokensync.standalone.run.LocalRun;
import io.tokensync.standalone.run.LocalSettings;
import io.tokensync.standalone.run.RunReport;
import io.tokensync.standalone.run.WaitMessages;

/** {@code demo}: sample nodes, everything in one process, and the proof. */
@Command(name = "demo", mixinStandardHelpOptions = true, description = "Makes sample Rubix nodes, runs everything over them in one process, and proves the table right.")
public final class DemoCommand implements Callable<Integer> {
    private static final int V1_NODES = 2;

    @Option(names = "--nodes", paramLabel = "N", description = "how many nodes (default: ${DEFAULT-VALUE})")
    private int nodes = SimulationPlan.DEFAULT_NODES;

    @Option(names = "--tokens", paramLabel = "M", description = "how many token rows (default: ${DEFAULT-VALUE})")
    private long tokens = SimulationPlan.DEFAULT_TOKENS;

    @Option(names = "--machines", paramLabel = "K", description = "how many machines, each with an agent of its own (default: "
            + SimulationPlan.DEFAULT_MACHINES + ", or as many as nodes)")
    private Integer machines;

    @Option(names = "--seed", paramLabel = "S", description = "the same seed makes the same nodes (default: ${DEFAULT-VALUE})")
    private long seed = SimulationPlan.DEFAULT_SEED;

    @Option(names = "--dir", paramLabel = "DIR", description = "where nodes and data are made; an earlier demo there is replaced (default: ${DEFAULT-VALUE})")
    private Path directory = Path.of("tokensync-demo");

    @Mixin
    private final PostgresOptions postgres = new PostgresOptions();

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() throws Exception {
        try (StopSignal stop = new StopSignal(ShutdownHooks.system());
                DataDirectory data = DataDirectory.open(directory.resolve("data")).warn(err::println)) {
            data.clear();
            Logging.toDirectory(data.logs());
            Truth truth = simulate();
            try (LocalRun run = LocalRun.open(data, clock, out)) {
                WaitMessages waits = new WaitMessages(clock, Optional.empty());
                LocalPipeline pipeline = run.start(stop, plan(run, data, truth), waits);
                Optional<Duration> took = new RunFollower(run, pipeline, clock, out).follow(true, stop, waits);
                return took.isEmpty() ? ExitCode.INTERRUPTED : report(run, data, truth, pipeline, took.get());
            }
        }
    }

    private Truth simulate() throws IOException, InterruptedException {
        SimulationPlan standard = SimulationPlan.of(nodesDirectory(), nodes, tokens, seed);
        SimulationPlan plan = machines == null ? standard : standard.withMachines(machines);
        out.printf(Locale.ROOT, "making %,d token rows on %d nodes of %d machines under %s (seed %d)%n", tokens, nodes,
                plan.machines(), nodesDirectory(), seed);
        Optional<PostgresAccess> server = postgres.access();
        if (server.isEmpty()) {
            out.println("without nodes of Rubix v1, which need a PostgreSQL: --postgres HOST:PORT");
            return Simulation.write(plan);
        }
        long v1Tokens = Math.max(V1_NODES, tokens / Math.max(1, nodes) * V1_NODES);
        out.printf(Locale.ROOT, "and %,d on %d nodes of Rubix v1, with databases on %s:%d%n", v1Tokens, V1_NODES,
                server.get().host(), server.get().port());
        return Simulation.write(plan, new V1Plan(V1_NODES, v1Tokens, V1Network.MAIN, server.get()));
    }

    /** One agent per machine, each under the address that the truth gives the machine. */
    private LocalPlan plan(LocalRun run, DataDirectory data, Truth truth) {
        LocalPlan all = LocalPlan.of(settings(run, data).settings(Map.of()));
        List<ScannerConfig> agents = new ArrayList<>();
        for (Truth.Machine machine : truth.machines()) {
            LocalSettings settings = settings(run, data)
                    .with("scanner.roots", List.of(nodesDirectory().resolve(machine.root()).toAbsolutePath()))
                    .with("scanner.source-ip", machine.sourceIp())
                    .with("scanner.state-dir", data.agent(machine.name()));
            agents.add(LocalPlan.of(settings.settings(Map.of())).agents().getFirst());
        }
        return all.withAgents(agents);
    }

    private LocalSettings settings(LocalRun run, DataDirectory data) {
        LocalSettings settings = new LocalSettings(data, run.kafka(), List.of(nodesDirectory()))
                .with("scanner.once", true);
        postgres.access().ifPresent(server -> {
            settings.with("scanner.postgres.user", server.user());
            if (!server.password().isEmpty()) {
                settings.with("scanner.postgres.password", server.password());
            }
        });
        return settings;
    }

    private int report(LocalRun run, DataDirectory data, Truth truth, LocalPipeline pipeline, Duration took)
            throws Exception {
        RunReport report = new RunReport(pipeline);
        report.lines(took).stream().filter(line -> !line.startsWith("problem")).forEach(out::println);
        out.println();
        DemoReport proof = DemoReport.of(EmbeddedConnection.check(data, truth), truth, nodesDirectory(), run.kafka(),
                report.problems());
        proof.lines().forEach(out::println);
        run.reports().forEach(out::println);
        out.println();
        DemoFindings.in(data.root(), clock).lines(directory.resolve("data")).forEach(out::println);
        nextSteps(data);
        return proof.holds() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void nextSteps(DataDirectory data) {
        Path shown = directory.resolve("data");
        out.printf(
                """

                        A first look at %s:
                          ./tokensync query --data %s "SELECT status_name, COUNT(*) AS tokens FROM vw_Tokens GROUP BY status_name ORDER BY tokens DESC"
                          ./tokensync query --data %s "SELECT token_id, free_on_nodes, node_name FROM vw_FreeOnSeveralNodes ORDER BY token_id"
                        """,
                data.root(), shown, shown);
    }

    private Path nodesDirectory() {
        return directory.resolve("nodes");
    }
}
