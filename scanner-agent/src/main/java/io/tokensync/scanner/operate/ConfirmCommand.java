package io.tokensync.scanner.operate;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.tokensync.common.serde.RecordJson;
import io.tokensync.scanner.report.AgentStatus.DatabaseStatus;
import io.tokensync.scanner.report.AgentStatus.Held;
import io.tokensync.scanner.state.Confirmation;
import io.tokensync.scanner.state.Confirmations;
import io.tokensync.scanner.state.CorruptStateException;
import io.tokensync.scanner.state.StateUnavailableException;
import io.tokensync.scanner.state.sqlite.StateView;

/**
 * {@code scanner confirm}: an operator believes that rows, or a whole database, are really gone. The agent carries it out
 * in its next scan cycle or at its next start. Exit codes: 0 said, or nothing to say; 1 no such database or no state.
 */
@Command(name = "confirm", mixinStandardHelpOptions = true, description = "Confirms deletions that an agent defers, or that a vanished database is gone for good. The agent carries it out in its next scan cycle.")
public final class ConfirmCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @Mixin
    private AgentStates states;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Choice choice;

    @Option(names = "--json", description = "One JSON document on standard output, and nothing else there.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final List<Answer> answers = new ArrayList<>();

    /**
     * What was done about a database.
     *
     * @param outcome {@code confirmed}, {@code confirmed_already} or {@code nothing_is_deferred}
     * @param rows whose deletion is confirmed
     * @param databaseGone whether the whole database is taken for gone
     */
    private record Answer(String nodeName, String path, String outcome, long rows, boolean databaseGone) {}

    private static final class Choice {
        @Option(names = "--node", paramLabel = "NAME", description = "Of this node.")
        private String node;

        @Option(names = "--database", paramLabel = "PATH", description = "Of this database.")
        private Path database;

        @Option(names = "--all", description = "Of all that are deferred now.")
        private boolean all;

        boolean isMeant(DatabaseStatus status) {
            return all || status.nodeName().equals(node)
                    || (database != null
                            && status.path().equals(database.toAbsolutePath().normalize().toString()));
        }
    }

    @Override
    public Integer call() {
        try {
            int meant = 0;
            for (Path directory : states.directories()) {
                meant += confirm(directory);
            }
            if (json) {
                spec.commandLine().getOut().println(RecordJson.pretty(answers));
            }
            if (meant == 0 && !choice.all) {
                spec.commandLine().getErr().println("no such database is known: tokensync scanner status lists them");
                return FAILED;
            }
            return 0;
        } catch (StateUnavailableException | CorruptStateException e) {
            spec.commandLine().getErr().println(e.getMessage());
        } catch (UncheckedIOException e) {
            spec.commandLine().getErr().println("the confirmation cannot be left for the agent: " + e.getCause());
        } finally {
            spec.commandLine().getOut().flush();
        }
        return FAILED;
    }

    /** Returns how many databases are meant. */
    private int confirm(Path directory) {
        Confirmations confirmations = new Confirmations(directory);
        try (StateView view = StateView.open(directory)) {
            int meant = 0;
            for (DatabaseStatus database : view.status().databases()) {
                if (choice.isMeant(database)) {
                    meant++;
                    confirm(database, view.confirmable(database), confirmations);
                }
            }
            return meant;
        }
    }

    private void confirm(DatabaseStatus database, Optional<Confirmation> confirmable, Confirmations confirmations) {
        if (confirmable.isPresent() && database.held() != null) {
            boolean added = confirmations.add(confirmable.get());
            Held held = database.held();
            say(new Answer(database.nodeName(), database.path(), added ? "confirmed" : "confirmed_already",
                    held.rows(), held.databaseGone()),
                    describe(held)
                            + (added
                                    ? " confirmed; the agent publishes it in its next scan cycle"
                                    : " confirmed already"));
        } else if (!choice.all) {
            say(new Answer(database.nodeName(), database.path(), "nothing_is_deferred", 0, false),
                    "nothing is deferred");
        }
    }

    private static String describe(Held held) {
        return String.format(Locale.ROOT,
                held.databaseGone()
                        ? "the database is gone for good, and the deletion of its %,d rows is"
                        : "the deletion of %,d rows is",
                held.rows());
    }

    private void say(Answer answer, String sentence) {
        answers.add(answer);
        if (!json) {
            spec.commandLine().getOut().println(answer.nodeName() + " (" + answer.path() + "): " + sentence);
        }
    }
}
