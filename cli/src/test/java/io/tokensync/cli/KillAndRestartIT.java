package io.tokensync.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.simulator.SimulationPlan;
import io.tokensync.standalone.demo.jdbc.TableVerdict;
import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Stages in processes of their own, killed as by a power cut; the table must end as the truth, whatever happens. */
class KillAndRestartIT {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(3);
    private static final int TOKENS = 6_000;
    private static final int KILLS = 7;

    @TempDir
    Path directory;

    private final long seed = Long.getLong(Property.SEED, new SplittableRandom().nextLong());
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void killingStagesAtRandomPointsEndsInTheSameTable() throws Exception {
        try (Installation installation = installation()) {
            List<StageProcess> stages = List.of(installation.scanner(nodes()), installation.enricher(),
                    installation.writer("writer"));
            for (int kill = 0; kill < KILLS; kill++) {
                awaitProgress(installation, random.nextInt(TOKENS / 2));
                StageProcess victim = stages.get(random.nextInt(stages.size()));
                victim.kill();
                victim.restart();
            }
            awaitTruth(installation);
        }
    }

    @Test
    void aWriterThatLeavesMidwayIsReplacedByTheOther() throws Exception {
        try (Installation installation = installation()) {
            installation.writer("writer-1");
            StageProcess leaving = installation.writer("writer-2");
            installation.enricher();
            installation.scanner(nodes());
            await().atMost(LONGEST_WAIT).until(() -> installation.rows() >= random.nextInt(1, TOKENS / 2));
            leaving.kill();
            awaitTruth(installation);
        }
    }

    private Installation installation() throws Exception {
        return new Installation(directory, SimulationPlan.of(nodes(), 4, TOKENS, 1).withMachines(1));
    }

    private Path nodes() {
        return directory.resolve("nodes");
    }

    /** Waits until the stages have moved on by so much, or have nothing left to do: what is left may be less than the step. */
    private static void awaitProgress(Installation installation, int step) throws InterruptedException {
        long from = installation.progress();
        await().atMost(LONGEST_WAIT).pollInterval(Duration.ofMillis(50))
                .until(() -> installation.progress() >= from + step
                        || installation.rows() >= installation.truth().rowCount());
    }

    private void awaitTruth(Installation installation) {
        await().alias("the table is the truth (seed " + seed + ")").atMost(LONGEST_WAIT)
                .pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
                    assertThat(installation.isDrained()).as("drained").isTrue();
                    TableVerdict verdict = installation.check();
                    assertThat(verdict.holds()).as(verdict.toString()).isTrue();
                });
    }
}
