package io.tokensync.chaos;

import java.time.Clock;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.tokensync.chaos.cluster.ChaosSettings;
import io.tokensync.chaos.report.ChaosReport;
import io.tokensync.common.time.Sleeper;

import static org.assertj.core.api.Assertions.assertThat;

/** The suite. {@code -Dchaos.minutes} says how long, {@code -Dchaos.seed} repeats the schedule of another run. */
@Tag("chaos")
class ChaosIT {
    @Test
    void theTableIsTheTruthWhateverHappensMeanwhile() throws Exception {
        ChaosSettings settings = ChaosSettings.from(System.getProperties(), new SplittableRandom());
        ChaosReport report = ChaosRun.run(settings, System.out, Clock.systemUTC(), Sleeper.system());
        assertThat(report.broken()).as("seed " + settings.seed() + ", logs in " + settings.directory()).isEmpty();
    }
}
