package io.tokensync.simulator;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.tokensync.common.runtime.ShutdownHooks;
import io.tokensync.common.runtime.StopSignal;
import io.tokensync.common.time.Sleeper;
import io.tokensync.simulator.truth.Truth;

/** {@code simulate}: writes a simulation, and keeps changing it if asked to. Exit codes: 0 done, 1 failed, 2 usage. */
@Command(name = "simulate", mixinStandardHelpOptions = true, sortOptions = false, description = "Makes sample Rubix nodes on disk, with the truth about them in truth.json.")
public final class SimulateMain implements Callable<Integer> {
    private final Sleeper sleeper;

    @Spec
    private CommandSpec spec;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Directory for the machines; new, empty or an earlier simulation's, which is replaced.")
    private Path out;

    @Option(names = "--nodes", paramLabel = "N", description = "Nodes over all machines (default: "
            + SimulationPlan.DEFAULT_NODES + ").")
    private Integer nodes;

    @Option(names = "--tokens", paramLabel = "M", description = "Token rows over all nodes (default: "
            + SimulationPlan.DEFAULT_TOKENS + ").")
    private Long tokens;

    @Option(names = "--seed", paramLabel = "S", description = "The same seed gives the same simulation (default: "
            + SimulationPlan.DEFAULT_SEED + ").")
    private Long seed;

    @Option(names = "--machines", paramLabel = "K", description = "Machines, each a directory of DIR (default: "
            + SimulationPlan.DEFAULT_MACHINES + ").")
    private Integer machines;

    @Option(names = "--churn", paramLabel = "RATE", description = "Changes a second, until Ctrl-C; truth.json is written again at the end. Without the options"
            + " above, goes on with the simulation in DIR.")
    private Double churn;

    public SimulateMain() {
        this(null);
    }

    /**
     * @param sleeper spends the time between two changes, and ends them by an {@link InterruptedException}; null for the
     *        real one, which Ctrl-C ends
     */
    SimulateMain(Sleeper sleeper) {
        this.sleeper = sleeper;
    }

    /** Runs the command alone. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new SimulateMain()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            ChurnRate rate = churn == null ? null : new ChurnRate(churn);
            if (!goesOn()) {
                report(Simulation.write(plan()));
            }
            if (rate != null) {
                change(rate);
            }
            return CommandLine.ExitCode.OK;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (UnusableDirectoryException e) {
            return fail(e, CommandLine.ExitCode.USAGE);
        } catch (IOException e) {
            return fail(e, CommandLine.ExitCode.SOFTWARE);
        }
    }

    private boolean goesOn() {
        boolean plain = nodes == null && tokens == null && seed == null && machines == null;
        return churn != null && plain && SimulationDirectory.isSimulation(out);
    }

    private SimulationPlan plan() {
        SimulationPlan plan = SimulationPlan.of(out, nodes == null ? SimulationPlan.DEFAULT_NODES : nodes,
                tokens == null ? SimulationPlan.DEFAULT_TOKENS : tokens,
                seed == null ? SimulationPlan.DEFAULT_SEED : seed);
        return machines == null ? plan : plan.withMachines(machines);
    }

    private void report(Truth truth) {
        print("%d nodes on %d machines in %s".formatted(truth.nodes().size(), truth.machines().size(), out));
        print("%d rows to be written, %d to be rejected, %d files that are no databases: see %s".formatted(
                truth.rowCount(), truth.rejected().size(), truth.unreadable().size(), truth.file()));
    }

    private void change(ChurnRate rate) throws IOException {
        try (StopSignal stop = new StopSignal(ShutdownHooks.system()); Churn changes = Churn.open(out)) {
            print("%s changes a second; Ctrl-C ends them".formatted(churn));
            long before = changes.edits();
            rate.run(changes, sleeper == null ? stop : sleeper);
            print("%d changes made; writing %s".formatted(changes.edits() - before, Truth.FILE));
        }
    }

    private int fail(IOException failure, int exitCode) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("simulate: " + failure.getMessage());
        err.flush();
        return exitCode;
    }

    private void print(String line) {
        PrintWriter console = spec.commandLine().getOut();
        console.println(line);
        console.flush();
    }
}
