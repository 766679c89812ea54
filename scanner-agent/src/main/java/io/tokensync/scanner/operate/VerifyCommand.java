package io.tokensync.scanner.operate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import io.tokensync.common.config.Units;
import io.tokensync.common.serde.RecordJson;
import io.tokensync.common.time.Sleeper;
import io.tokensync.scanner.report.AgentStatus.DatabaseStatus;
import io.tokensync.scanner.report.AgentStatus.LastVerification;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.state.CorruptStateException;
import io.tokensync.scanner.state.StateUnavailableException;
import io.tokensync.scanner.state.VerificationRequest;
import io.tokensync.scanner.state.VerificationRequests;
import io.tokensync.scanner.state.sqlite.StateView;

/**
 * {@code verify}: asks agents to read nodes whole and to have the table compared with them, or tells the digest of a copy of a
 * node's database. Exit codes: 0 asked, with {@code --wait} all are equal, or the digest is told; 1 no such node, no state, or
 * the file cannot be read; 3 with {@code --wait}: not all are equal, or not answered in time.
 */
@Command(name = "verify", mixinStandardHelpOptions = true, description = "Proves that the table has what nodes hold, and repairs what differs. Asks agents to read their nodes whole, as they do by themselves once in each scanner.verify.interval; the writer compares, and the agents publish what differs. With --file: the digest of a copy of a node's database, to compare with NodeVerifications.node_digest.")
public final class VerifyCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int INCOMPLETE = 3;
    private static final Duration LOOK = Duration.ofMillis(500);

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Where where;

    @ArgGroup(exclusive = true)
    private Choice choice = new Choice();

    @ArgGroup(exclusive = true)
    private Mode mode = new Mode();

    @Option(names = "--from-files", description = "Read the nodes' databases and trust nothing that the agent remembers; this is how it always is.")
    @SuppressWarnings("unused") // it says what is always so
    private boolean fromFiles;

    @Option(names = "--wait", arity = "0..1", fallbackValue = "10m", paramLabel = "DURATION", converter = Wait.class, description = "Wait for the outcome, repairs included, such as 30s or 2h (without a duration: 10m).")
    private Duration wait;

    @Option(names = "--json", description = "One JSON document on standard output, and nothing else there.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final Clock clock;
    private final Sleeper sleeper;
    private final List<Answer> answers = new ArrayList<>();

    public VerifyCommand() {
        this(Clock.systemUTC(), Sleeper.system());
    }

    VerifyCommand(Clock clock, Sleeper sleeper) {
        this.clock = clock;
        this.sleeper = sleeper;
    }

    private static final class Where {
        @Option(names = "--state", paramLabel = "DIR", description = "The agent's scanner.state-dir.")
        private Path state;

        @Option(names = "--config", paramLabel = "FILE", description = "The agent's configuration, which names that directory.")
        private Path config;

        @Option(names = "--data", paramLabel = "DIR", description = "Data directory of local or demo.")
        private Path data;

        @Option(names = "--file", paramLabel = "FILE", description = "A copy of a node's rubix.db; no agent is asked.")
        private Path file;
    }

    private static final class Choice {
        @Option(names = "--node", paramLabel = "NAME", description = "This node.")
        private String node;

        @Option(names = "--all", description = "All nodes that the agent has seen; also without this option.")
        @SuppressWarnings("unused") // it says what is so without it
        private boolean all;
    }

    private static final class Mode {
        @Option(names = "--repair", description = "Publish what differs, as it also is without this option.")
        @SuppressWarnings("unused") // it says what is so without it
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

    /**
     * What came of a node.
     *
     * @param outcome {@code asked}, what was found, or {@code not_answered}
     * @param verification the last one; null when it was not waited for
     */
    private record Answer(String nodeName, String path, String outcome, LastVerification verification) {}

    /** A node that was asked for. */
    private record Asked(Path state, DatabaseStatus database, Instant at) {}

    @Override
    public Integer call() throws InterruptedException {
        try {
            return where.file == null ? ask() : digest();
        } catch (StateUnavailableException | CorruptStateException e) {
            spec.commandLine().getErr().println(e.getMessage());
        } catch (UncheckedIOException e) {
            spec.commandLine().getErr().println("the request cannot be left for the agent: " + e.getCause());
        } catch (IOException e) {
            spec.commandLine().getErr().println("the copy cannot be read: " + e);
        } catch (DatabaseProblemException e) {
            spec.commandLine().getErr().println(e.problem().describe());
        } finally {
            spec.commandLine().getOut().flush();
        }
        return FAILED;
    }

    private int digest() throws IOException, DatabaseProblemException, InterruptedException {
        FileDigest digest = FileDigest.of(where.file, clock, sleeper);
        spec.commandLine().getOut().println(json ? RecordJson.pretty(digest) : digest.describe());
        return 0;
    }

    private int ask() throws InterruptedException {
        List<Asked> asked = new ArrayList<>();
        for (Path directory : AgentStates.directories(where.state, where.config, where.data)) {
            ask(directory, asked);
        }
        if (asked.isEmpty()) {
            spec.commandLine().getErr().println("no such node is known: tokensync scanner status lists them");
            return FAILED;
        }
        if (wait == null) {
            asked.forEach(one -> say(new Answer(one.database.nodeName(), one.database.path(), "asked", null),
                    "asked; the agent reads it in its next scan cycle"));
        } else {
            await(asked);
        }
        if (json) {
            spec.commandLine().getOut().println(RecordJson.pretty(answers));
        }
        return answers.stream().allMatch(answer -> answer.outcome.equals("asked") || answer.outcome.equals("equal"))
                ? 0
                : INCOMPLETE;
    }

    private void ask(Path directory, List<Asked> asked) {
        VerificationRequests requests = new VerificationRequests(directory);
        try (StateView view = StateView.open(directory)) {
            for (DatabaseStatus database : view.status().databases()) {
                if (choice.node == null || choice.node.equals(database.nodeName())) {
                    Instant now = clock.instant();
                    requests.add(new VerificationRequest(database.nodeName(), !mode.dryRun, now));
                    asked.add(new Asked(directory, database, now));
                }
            }
        }
    }

    private void await(List<Asked> asked) throws InterruptedException {
        Instant until = clock.instant().plus(wait);
        for (Asked one : asked) {
            LastVerification last = last(one);
            while (!isOver(last, one.at) && clock.instant().isBefore(until)) {
                sleeper.sleep(LOOK);
                last = last(one);
            }
            boolean over = isOver(last, one.at);
            say(new Answer(one.database.nodeName(), one.database.path(),
                    over ? last.answer().outcome() : "not_answered", last),
                    over
                            ? VerificationText.of(last)
                            : "not answered within " + wait.toSeconds()
                                    + " s: look whether its agent and a writer run (writer.verify)");
        }
    }

    private static LastVerification last(Asked one) {
        try (StateView view = StateView.open(one.state)) {
            return view.status().databases().stream()
                    .filter(database -> database.nodeName().equals(one.database.nodeName())).findFirst()
                    .map(DatabaseStatus::verification).orElse(null);
        }
    }

    private static boolean isOver(LastVerification last, Instant asked) {
        return last != null && !last.asOf().isBefore(asked) && last.answer() != null && !last.answer().repairing();
    }

    private void say(Answer answer, String sentence) {
        answers.add(answer);
        if (!json) {
            spec.commandLine().getOut().println(answer.nodeName() + " (" + answer.path() + "): " + sentence);
            spec.commandLine().getOut().flush();
        }
    }
}
