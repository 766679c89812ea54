package io.tokensync.standalone.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.tokensync.scanner.report.Problem;
import io.tokensync.simulator.truth.Truth;

/**
 * Compares what the agents could not read with what the simulator made unreadable.
 *
 * @param expected how many files must be reported
 * @param unreported those that are not
 * @param unexpected those that are reported and should be readable
 */
record UnreadableVerdict(int expected, Set<String> unreported, Set<String> unexpected) {

    static UnreadableVerdict of(Truth truth, Path nodes, List<Problem> problems) {
        Path root = nodes.toAbsolutePath().normalize();
        Set<String> expected = new TreeSet<>();
        for (Truth.Unreadable file : truth.unreadable()) {
            expected.add(root.resolve(file.path()).toString());
        }
        Set<String> reported = new TreeSet<>();
        problems.forEach(problem -> reported.add(problem.path().toAbsolutePath().normalize().toString()));
        Set<String> unreported = new TreeSet<>(expected);
        unreported.removeAll(reported);
        Set<String> unexpected = new TreeSet<>(reported);
        unexpected.removeAll(expected);
        return new UnreadableVerdict(expected.size(), unreported, unexpected);
    }

    boolean holds() {
        return unreported.isEmpty() && unexpected.isEmpty();
    }
}
