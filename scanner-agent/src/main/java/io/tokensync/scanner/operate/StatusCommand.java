package io.tokensync.scanner.operate;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.tokensync.common.serde.RecordJson;
import io.tokensync.scanner.report.AgentStatus;
import io.tokensync.scanner.state.CorruptStateException;
import io.tokensync.scanner.state.StateUnavailableException;
import io.tokensync.scanner.state.sqlite.StateView;

/** {@code scanner status}: how the databases of an agent stand. Exit codes: 0 shown, 1 there is nothing to read. */
@Command(name = "status", mixinStandardHelpOptions = true, description = "Shows every database of an agent, running or not: rows, last scan, last change, last acknowledgement, held deletions, errors.")
public final class StatusCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @Mixin
    private AgentStates states;

    @Option(names = "--json", description = "All of it as JSON: a list of agents.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            List<AgentStatus> agents = new ArrayList<>();
            for (Path directory : states.directories()) {
                try (StateView view = StateView.open(directory)) {
                    agents.add(view.status());
                }
            }
            if (json) {
                out.println(RecordJson.pretty(agents));
            } else {
                agents.forEach(new StatusText(out, clock.instant())::print);
            }
            return 0;
        } catch (StateUnavailableException | CorruptStateException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return FAILED;
        } finally {
            out.flush();
        }
    }
}
