package io.tokensync.scanner.report;

import java.nio.file.Path;
import java.util.Objects;

import io.tokensync.common.session.ScanProblem;

/**
 * Something that kept the agent from reading a place, or that an operator should know of it. Never stops another place.
 *
 * @param kind what it is, and what to do
 * @param path where
 * @param reason what happened, in a sentence without the path
 */
public record Problem(ProblemKind kind, Path path, String reason) {
    public Problem {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(reason, "reason");
    }

    /** The problem as a receipt tells it. */
    public ScanProblem toScanProblem() {
        return new ScanProblem(kind.code(), path.toString(), reason + "; " + kind.advice());
    }

    /** Path, reason and advice in one line. */
    public String describe() {
        return path + ": " + reason + " (" + kind.advice() + ")";
    }
}
