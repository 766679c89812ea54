package io.tokensync.common.session;

import java.util.Objects;

import io.tokensync.common.model.FieldCheck;

/**
 * Something that the scan could not read.
 *
 * @param kind code of the kind
 * @param path where
 * @param reason what happened, and what to do about it
 */
public record ScanProblem(String kind, String path, String reason) {
    private static final int LONGEST_KIND = 100;
    /** As long as a path of Linux. */
    private static final int LONGEST_PATH = 4_096;
    private static final int LONGEST_REASON = 10_000;

    public ScanProblem {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(reason, "reason");
    }

    /** Looks at the fields. */
    public void check(FieldCheck fields) {
        fields.printable("problem.kind", kind, LONGEST_KIND);
        fields.text("problem.path", path, LONGEST_PATH);
        fields.text("problem.reason", reason, LONGEST_REASON);
    }
}
