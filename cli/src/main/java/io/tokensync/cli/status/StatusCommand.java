package io.tokensync.cli.status;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.tokensync.cli.operator.KafkaAccess;
import io.tokensync.cli.operator.KafkaOptions;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.cli.terminal.Printable;
import io.tokensync.common.runtime.ShutdownHooks;
import io.tokensync.common.runtime.StopSignal;
import io.tokensync.common.serde.RecordJson;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.StandingProblem;
import io.tokensync.common.session.SyncSession;
import io.tokensync.monitor.view.AgentView;
import io.tokensync.monitor.view.FleetView;
import io.tokensync.monitor.view.MonitorViews;
import io.tokensync.monitor.view.StageView;

/** {@code status}: how the latest sessions stand, and what is on its way. */
@Command(name = "status", mixinStandardHelpOptions = true, description = "Shows how the sessions stand, from the session summaries that the monitor keeps in Kafka.")
public final class StatusCommand implements Callable<Integer> {
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final int SHOWN = 20;

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--watch", description = "Shows it again every two seconds, until Ctrl-C.")
    private boolean watch;

    @Option(names = "--json", description = "All of it as JSON, one document each time.")
    private boolean json;

    private final PrintStream out = System.out;
    private final Clock clock = Clock.systemUTC();

    /** What {@code --json} shows. */
    private record Status(long unreconciledReceipts, FleetView fleet, List<SyncSession> sessions) {}

    @Override
    public Integer call() throws InterruptedException {
        try (StopSignal stop = new StopSignal(ShutdownHooks.system()); KafkaAccess access = kafka.open()) {
            int code = show(access);
            while (watch && code == ExitCode.DONE && !stop.await(EVERY)) {
                code = show(access);
            }
            return code;
        }
    }

    private int show(KafkaAccess access) throws InterruptedException {
        Optional<MonitorViews> views = Sessions.read(access, clock);
        if (views.isEmpty()) {
            System.err.println("there are no session summaries on this cluster: create the topics with"
                    + " tokensync topics create, and start a monitor");
            return ExitCode.FAILED;
        }
        long unreconciled = Unreconciled.receipts(access);
        if (json) {
            out.println(Printable.lines(RecordJson.pretty(
                    new Status(unreconciled, views.get().fleet(), views.get().sessions()))));
        } else {
            print(views.get(), unreconciled);
        }
        return ExitCode.DONE;
    }

    private void print(MonitorViews views, long unreconciled) {
        FleetView fleet = views.fleet();
        out.println(headline(fleet, views.sessions(), unreconciled));
        out.printf(Locale.ROOT, "%s  %d agents, %d nodes, %,d records in flight%n", fleet.asOf(),
                fleet.agents().size(), fleet.nodes().size(), fleet.inFlight().records());
        if (unreconciled > 0) {
            out.printf(Locale.ROOT,
                    "  NOT UP TO DATE: %s%,d receipts of the stages are not added up yet, so what follows"
                            + " is older than it seems; see that a monitor runs%n",
                    unreconciled >= Unreconciled.MOST ? "at least " : "", unreconciled);
        }
        for (StageView stage : fleet.stages()) {
            out.printf(Locale.ROOT, "  %-9s %,14d rows, %,d %s, last %s%n", stage.stage(), stage.rows(),
                    stage.deadLettered(), stage.stage().equals("scanner") ? "rejected" : "dead-lettered",
                    stage.lastReceipt() == null ? "never" : stage.lastReceipt());
        }
        printAny("unmatched", fleet.unmatchedDeadLetters());
        printAny("unmatched", fleet.unmatched());
        fleet.agents().forEach(this::printProblems);
        for (SyncSession session : views.sessions().stream().limit(SHOWN).toList()) {
            new SessionLines(session).lines().forEach(line -> out.println(Printable.line(line)));
        }
    }

    private void printProblems(AgentView agent) {
        for (StandingProblem problem : agent.problems().stream().limit(SHOWN).toList()) {
            out.println(Printable.line(String.format(Locale.ROOT, "  problem   %s %s: %s: %s, since %s, last seen %s",
                    agent.sourceIp(), problem.path(), problem.kind(), problem.reason(), problem.since(),
                    problem.lastSeen())));
        }
        if (agent.problems().size() > SHOWN) {
            out.printf(Locale.ROOT, "  problem   %s … and %d more%n", agent.sourceIp(),
                    agent.problems().size() - SHOWN);
        }
    }

    /** The verdict in a sentence. */
    private static String headline(FleetView fleet, List<SyncSession> sessions, long unreconciled) {
        long stalled = sessions.stream().filter(session -> session.status() == SessionStatus.STALLED).count();
        long problems = fleet.problems().count();
        if (stalled + problems > 0) {
            return String.format(Locale.ROOT, "NEEDS ATTENTION: %d sessions stalled, %d problems stand", stalled,
                    problems);
        }
        if (unreconciled > 0) {
            return "not known: the latest receipts are not added up yet";
        }
        if (fleet.agents().isEmpty()) {
            return "no agent has reported a node yet";
        }
        return fleet.inFlight().records() == 0
                ? "everything read is accounted for"
                : "records are in flight, all moving";
    }

    private void printAny(String label, Map<String, Long> counts) {
        if (!counts.isEmpty()) {
            out.println(Printable.line("  " + label + " " + counts));
        }
    }
}
