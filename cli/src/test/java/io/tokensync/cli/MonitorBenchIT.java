package io.tokensync.cli;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code bench monitor} at a size at which its figures mean nothing: it comes to its end and prints all of them. */
class MonitorBenchIT {
    @Test
    void aTinyRunPrintsEveryFigure() {
        CommandLineOutput bench = CommandLineOutput.of("bench", "monitor", "--records", "3000", "--databases", "3",
                "--batch", "500", "--nodes", "2", "--sessions", "3", "--stage-records", "2000");
        assertThat(bench.exitCode()).as(bench.out() + bench.err()).isBetween(0, 1);
        assertThat(bench.out()).contains("reconciliation, each record told of by three stages", "peak resident memory",
                "receipts of the enricher").containsAnyOf("page: first paint", "SKIPPED: the figures of the page");
    }
}
