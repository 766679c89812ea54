package io.tokensync.scanner.operate;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import io.tokensync.scanner.report.AgentStatus;
import io.tokensync.scanner.report.AgentStatus.DatabaseStatus;
import io.tokensync.scanner.report.AgentStatus.StandingProblem;

/** The status of an agent for people. */
final class StatusText {
    private static final String NEVER = "never";
    private static final String COLUMNS = "%-20s %12s  %-20s %-20s %-20s %10s  %s%n";

    private final PrintWriter out;
    private final Instant now;

    StatusText(PrintWriter out, Instant now) {
        this.out = out;
        this.now = now;
    }

    void print(AgentStatus agent) {
        out.printf(Locale.ROOT, "agent %s, state %s, last scan cycle %s%n",
                agent.sourceIp() == null ? "-" : agent.sourceIp(),
                agent.stateDir(), ago(agent.lastScan()));
        out.printf(Locale.ROOT, COLUMNS, "node", "rows", "last scan", "last change", "acknowledged", "held", "path");
        agent.databases().forEach(this::print);
        agent.problems().forEach(problem -> print(problem, problem.path() + ": "));
    }

    private void print(DatabaseStatus database) {
        AgentStatus.Held held = database.held();
        out.printf(Locale.ROOT, COLUMNS, database.nodeName(), String.format(Locale.ROOT, "%,d", database.rows()),
                time(database.lastScan()), time(database.lastChange()), time(database.lastAcknowledgement()),
                held == null ? "-" : String.format(Locale.ROOT, "%,d", held.rows()), database.path());
        if (database.verification() != null) {
            out.println("  " + VerificationText.of(database.verification()));
        }
        if (held != null && held.confirmed()) {
            out.println("  confirmed; carried out in the next scan cycle");
        }
        database.errors().forEach(problem -> print(problem, ""));
    }

    private void print(StandingProblem problem, String where) {
        out.printf(Locale.ROOT, "  %s since %s: %s%s%s%n", problem.kind(), time(problem.since()), where,
                problem.reason(), problem.advice() == null ? "" : " (" + problem.advice() + ")");
    }

    private String ago(Instant time) {
        return time == null ? NEVER : time(time) + ", " + Duration.between(time, now).toSeconds() + " s ago";
    }

    private static String time(Instant time) {
        return time == null ? NEVER : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
