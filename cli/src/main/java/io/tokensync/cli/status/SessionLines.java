package io.tokensync.cli.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.tokensync.common.session.ScanProblem;
import io.tokensync.common.session.SyncSession;

/** A session for people: its counts on a line, and below it the reasons of all that did not arrive. */
final class SessionLines {
    private static final int SHOWN_PROBLEMS = 5;
    private static final String INDENT = "      ";

    private final SyncSession session;

    SessionLines(SyncSession session) {
        this.session = session;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        long deadLettered = session.enriched().deadLettered() + session.written().deadLettered();
        lines.add(String.format(Locale.ROOT,
                "  %s  %-15s %-21s %,d published, %,d in the table, %,d rejected, %,d dead-lettered, %,d in flight,"
                        + " %,d databases not read",
                session.sessionId(), session.sourceIp(), session.status(), session.scan().published(),
                session.written().written(), session.scan().allRejected(), deadLettered, session.inFlight().records(),
                session.databases().failed()));
        addAny(lines, "rejected by the scanner", session.scan().rejected());
        if (session.scan().rejectedBefore() > 0) {
            lines.add(String.format(Locale.ROOT, "%s%-27s %,d, reported by an earlier session", INDENT,
                    "rejected before", session.scan().rejectedBefore()));
        }
        addAny(lines, "dead-lettered by enricher", session.enriched().deadLetters());
        addAny(lines, "dead-lettered by writer", session.written().deadLetters());
        addProblems(lines);
        return lines;
    }

    private static void addAny(List<String> lines, String label, Map<String, Long> counts) {
        if (!counts.isEmpty()) {
            lines.add(String.format(Locale.ROOT, "%s%-27s %s", INDENT, label, new TreeMap<>(counts).entrySet().stream()
                    .map(entry -> String.format(Locale.ROOT, "%,d %s", entry.getValue(), entry.getKey()))
                    .collect(Collectors.joining(", "))));
        }
    }

    private void addProblems(List<String> lines) {
        List<ScanProblem> problems = session.problems();
        problems.stream().limit(SHOWN_PROBLEMS).forEach(problem -> lines.add(String.format(Locale.ROOT,
                "%s%-27s %s: %s: %s", INDENT, "not read", problem.path(), problem.kind(), problem.reason())));
        if (problems.size() > SHOWN_PROBLEMS) {
            lines.add(String.format(Locale.ROOT, "%s%-27s … and %d more: tokensync report %s", INDENT, "not read",
                    problems.size() - SHOWN_PROBLEMS, session.sessionId()));
        }
    }
}
