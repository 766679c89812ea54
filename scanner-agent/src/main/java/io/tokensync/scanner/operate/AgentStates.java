package io.tokensync.scanner.operate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

import io.tokensync.common.config.Settings;
import io.tokensync.scanner.state.StateUnavailableException;
import io.tokensync.scanner.state.sqlite.StateDirectory;

/** Options that say where agents keep their state; exactly one is given. */
final class AgentStates {
    /** Where {@code local} keeps the states of its agents, below its data directory. */
    private static final String AGENTS = "agents";

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Place place;

    private static final class Place {
        @Option(names = "--state", paramLabel = "DIR", description = "The agent's scanner.state-dir.")
        private Path state;

        @Option(names = "--config", paramLabel = "FILE", description = "The agent's configuration, which names that directory.")
        private Path config;

        @Option(names = "--data", paramLabel = "DIR", description = "Data directory of local or demo.")
        private Path data;
    }

    /**
     * The directories; at least one.
     *
     * @throws StateUnavailableException when a data directory has none
     */
    List<Path> directories() {
        return directories(place.state, place.config, place.data);
    }

    /** As above, of the one that is not null. */
    static List<Path> directories(Path state, Path config, Path data) {
        if (state != null) {
            return List.of(state);
        }
        return config != null
                ? List.of(StateDirectory.configured(Settings.load(config, System.getenv())))
                : below(data.resolve(AGENTS));
    }

    private static List<Path> below(Path agents) {
        if (!Files.isDirectory(agents)) {
            throw new StateUnavailableException("no agent has its state below " + agents.toAbsolutePath().normalize(),
                    null);
        }
        try (Stream<Path> directories = Files.list(agents)) {
            return directories.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
