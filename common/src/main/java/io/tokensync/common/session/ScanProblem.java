package io.tokensync.common.session;

import java.util.Objects;

/**
 * Something that the scan could not read.
 *
 * @param kind code of the kind
 * @param path where
 * @param reason what happened, and what to do about it
 */
public record ScanProblem(String kind, String path, String reason) {
    public ScanProblem {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(reason, "reason");
    }
}
