package io.tokensync.scanner.operate;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import picocli.CommandLine;

import io.tokensync.common.serde.RecordJson;
import io.tokensync.common.time.Sleeper;
import io.tokensync.scanner.report.AgentStatus.DatabaseStatus;
import io.tokensync.scanner.report.AgentStatus.LastVerification;
import io.tokensync.scanner.state.VerificationRequest;
import io.tokensync.scanner.state.VerificationRequests;
import io.tokensync.scanner.state.sqlite.StateView;

/** Leaves requests for agents, and says what comes of them. One use. */
final class Asking {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int INCOMPLETE = 3;
    private static final Duration LOOK = Duration.ofMillis(500);

    private final CommandLine command;
    private final boolean json;
    private final Clock clock;
    private final Sleeper sleeper;
    private final List<Answer> answers = new ArrayList<>();

    Asking(CommandLine command, boolean json, Clock clock, Sleeper sleeper) {
        this.command = command;
        this.json = json;
        this.clock = clock;
        this.sleeper = sleeper;
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

    /**
     * Asks the agents with their states in these directories.
     *
     * @param node null for all
     * @param repair whether what differs is to be published
     * @param wait for the outcome; null not to
     * @return the exit code
     */
    int ask(List<Path> directories, String node, boolean repair, Duration wait) throws InterruptedException {
        List<Asked> asked = new ArrayList<>();
        directories.forEach(directory -> ask(directory, node, repair, asked));
        if (asked.isEmpty()) {
            command.getErr().println("no such node is known: tokensync scanner status lists them");
            return FAILED;
        }
        if (wait == null) {
            asked.forEach(one -> say(new Answer(one.database.nodeName(), one.database.path(), "asked", null),
                    "asked; the agent reads it in its next scan cycle"));
        } else {
            await(asked, wait);
        }
        if (json) {
            command.getOut().println(RecordJson.pretty(answers));
        }
        return answers.stream().allMatch(answer -> answer.outcome.equals("asked") || answer.outcome.equals("equal"))
                ? DONE
                : INCOMPLETE;
    }

    private void ask(Path directory, String node, boolean repair, List<Asked> asked) {
        VerificationRequests requests = new VerificationRequests(directory);
        try (StateView view = StateView.open(directory)) {
            for (DatabaseStatus database : view.status().databases()) {
                if (node == null || node.equals(database.nodeName())) {
                    Instant now = clock.instant();
                    requests.add(new VerificationRequest(database.nodeName(), repair, now));
                    asked.add(new Asked(directory, database, now));
                }
            }
        }
    }

    private void await(List<Asked> asked, Duration wait) throws InterruptedException {
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
            command.getOut().println(answer.nodeName() + " (" + answer.path() + "): " + sentence);
            command.getOut().flush();
        }
    }
}
