package io.tokensync.common.session;

import java.time.Instant;
import java.util.Objects;

import io.tokensync.common.model.FieldCheck;

/**
 * Something that keeps an agent from reading a place, scan cycle after scan cycle.
 *
 * @param kind code of the kind
 * @param path where
 * @param reason what happened last, and what to do about it
 * @param since the first scan cycle in a row that met it
 * @param lastSeen the last scan cycle that met it
 */
public record StandingProblem(String kind, String path, String reason, Instant since, Instant lastSeen) {
    public StandingProblem {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(lastSeen, "last_seen");
    }

    /** Looks at the fields. */
    void check(FieldCheck fields) {
        new ScanProblem(kind, path, reason).check(fields);
        fields.time("problem.since", since);
        fields.time("problem.last_seen", lastSeen);
    }

    /** The same kind at the same place, whatever the reason says of it today. */
    public boolean isSame(ScanProblem problem) {
        return kind.equals(problem.kind()) && path.equals(problem.path());
    }
}
