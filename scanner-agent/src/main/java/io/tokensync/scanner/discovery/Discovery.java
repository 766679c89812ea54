package io.tokensync.scanner.discovery;

import java.util.List;

import io.tokensync.scanner.report.Problem;

/**
 * What a search found.
 *
 * @param databases databases with a usable and unique node name, in the order of their paths
 * @param problems places that could not be searched, and databases that are rejected
 */
public record Discovery(List<NodeDatabase> databases, List<Problem> problems) {
    public Discovery {
        databases = List.copyOf(databases);
        problems = List.copyOf(problems);
    }
}
