package io.tokensync.scanner.state.sqlite;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.tokensync.scanner.report.Problem;

/** What stands in the way, each with the time since when. Written only when something comes or goes. */
final class StandingProblems {
    private final StateDatabase sql;
    private final Clock clock;
    private Set<Standing> standing;

    /** A problem as it is written; the file may hold kinds that this release does not know. */
    private record Standing(String kind, String path, String reason) {
        static Standing of(Problem problem) {
            return new Standing(problem.kind().code(), problem.path().toString(), problem.reason());
        }
    }

    StandingProblems(StateDatabase sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
        this.standing = new HashSet<>(
                sql.query(row -> new Standing(row.getString(1), row.getString(2), row.getString(3)),
                        "SELECT kind, path, reason FROM problem"));
    }

    /** These and no others. */
    void set(List<Problem> problems) {
        Set<Standing> now = problems.stream().map(Standing::of).collect(Collectors.toSet());
        if (now.equals(standing)) {
            return;
        }
        sql.transaction(() -> {
            for (Standing gone : without(standing, now)) {
                sql.update("DELETE FROM problem WHERE kind = ? AND path = ? AND reason = ?", gone.kind, gone.path,
                        gone.reason);
            }
            for (Standing come : without(now, standing)) {
                sql.update("INSERT OR REPLACE INTO problem (kind, path, reason, since) VALUES (?, ?, ?, ?)", come.kind,
                        come.path, come.reason, clock.millis());
            }
        });
        standing = now;
    }

    private static Set<Standing> without(Set<Standing> all, Set<Standing> others) {
        Set<Standing> rest = new HashSet<>(all);
        rest.removeAll(others);
        return rest;
    }
}
