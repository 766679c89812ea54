package io.tokensync.chaos;

import java.time.Clock;
import java.util.SplittableRandom;

import io.tokensync.chaos.cluster.ChaosSettings;
import io.tokensync.chaos.report.ChaosReport;
import io.tokensync.common.time.Sleeper;

/** Runs the suite without Maven; settings are system properties. Exit codes: 0 everything holds, 1 not. */
public final class ChaosMain {
    private ChaosMain() {}

    public static void main(String[] args) throws Exception {
        ChaosSettings settings = ChaosSettings.from(System.getProperties(), new SplittableRandom());
        ChaosReport report = ChaosRun.run(settings, System.out, Clock.systemUTC(), Sleeper.system());
        System.exit(report.broken().isEmpty() ? 0 : 1);
    }
}
