package io.tokensync.scanner.operate;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import io.tokensync.common.config.Units;
import io.tokensync.common.time.Sleeper;
import io.tokensync.scanner.state.CorruptStateException;
import io.tokensync.scanner.state.StateUnavailableException;

/**
 * The part of {@code verify} that asks agents to read nodes whole and to have the table compared with them, and the options that
 * say which agents, which nodes and how.
 */
public final class AskedAgents {
    private static final int FAILED = 1;

    @ArgGroup(exclusive = true)
    private Where where = new Where();

    @ArgGroup(exclusive = true)
    private Choice choice = new Choice();

    @ArgGroup(exclusive = true)
    private Mode mode = new Mode();

    @Option(names = "--from-files", description = "Read the nodes' databases and trust nothing that the agent remembers; this is how it always is.")
    @SuppressWarnings("unused") // it says what is always so
    private boolean fromFiles;

    @Option(names = "--wait", arity = "0..1", fallbackValue = "10m", paramLabel = "DURATION", converter = Wait.class, description = "Wait for the outcome, repairs included, such as 30s or 2h (without a duration: 10m).")
    private Duration wait;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    private static final class Where {
        @Option(names = "--state", paramLabel = "DIR", description = "The agent's scanner.state-dir.")
        private Path state;

        @Option(names = "--config", paramLabel = "FILE", description = "The agent's configuration, which names that directory. With --file: that of the writer, the monitor or local, which names the database.")
        private Path config;

        @Option(names = "--data", paramLabel = "DIR", description = "Data directory of local or demo. With --file: the one with the embedded database.")
        private Path data;
    }

    private static final class Choice {
        @Option(names = "--node", paramLabel = "NAME", description = "This node. With --file and a table: the node that the file is a copy of, as IP/NAME.")
        private String node;

        @Option(names = "--all", description = "All nodes that the agent has seen; also without this option.")
        private boolean all;
    }

    private static final class Mode {
        @Option(names = "--repair", description = "Publish what differs, as it also is without this option.")
        private boolean repair;

        @Option(names = "--dry-run", description = "Only find out.")
        private boolean dryRun;
    }

    /** How long to wait. */
    static final class Wait implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return Units.duration(text)
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is not " + Units.DURATION));
        }
    }

    /** The configuration that is named. */
    public Optional<Path> config() {
        return Optional.ofNullable(where.config);
    }

    /** The data directory that is named. */
    public Optional<Path> data() {
        return Optional.ofNullable(where.data);
    }

    /** The node that is named. */
    public Optional<String> node() {
        return Optional.ofNullable(choice.node);
    }

    /** The first of the given options that only an agent could heed. */
    public Optional<String> forAgentsOnly() {
        Map<String, Boolean> given = new LinkedHashMap<>();
        given.put("--state", where.state != null);
        given.put("--all", choice.all);
        given.put("--repair", mode.repair);
        given.put("--dry-run", mode.dryRun);
        given.put("--wait", wait != null);
        return given.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).findFirst();
    }

    /**
     * Asks, and says what comes of it.
     *
     * @param json whether that is said as JSON
     * @return the exit code: 0 asked, or with {@code --wait} all are equal; 1 no such node, or no state; 3 with
     *         {@code --wait}: not all are equal, or not answered in time
     * @throws ParameterException when no option says where the agents are
     */
    public int ask(boolean json, Clock clock, Sleeper sleeper) throws InterruptedException {
        if (where.state == null && where.config == null && where.data == null) {
            throw new ParameterException(spec.commandLine(), "one of --state DIR, --config FILE and --data DIR says "
                    + "where the agent has its state; or --file FILE names a copy of a node's database");
        }
        try {
            List<Path> directories = AgentStates.directories(where.state, where.config, where.data);
            return new Asking(spec.commandLine(), json, clock, sleeper).ask(directories, choice.node, !mode.dryRun,
                    wait);
        } catch (StateUnavailableException | CorruptStateException e) {
            spec.commandLine().getErr().println(e.getMessage());
        } catch (UncheckedIOException e) {
            spec.commandLine().getErr().println("the request cannot be left for the agent: " + e.getCause());
        } finally {
            spec.commandLine().getOut().flush();
        }
        return FAILED;
    }
}
