package io.tokensync.bench.scanner;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.tokensync.bench.ChildJvm;
import io.tokensync.bench.Measurement;
import io.tokensync.bench.scanner.ScannerBenchCommand.Workplace;
import io.tokensync.bench.scanner.sqlite.BenchNode;
import io.tokensync.common.time.Sleeper;
import io.tokensync.scanner.ScannerApp;
import io.tokensync.scanner.report.ScanReport;

/** What many databases cost that nobody changes. */
final class IdleMeasurements {
    private static final int ROWS = 20;
    private static final int CYCLES = 5;
    private static final double PASS_MILLIS = 300;
    private static final double IDLE_PERCENT = 1;
    private static final Duration WATCH = Duration.ofMillis(50);
    private static final double PERCENT = 100;
    private static final double MILLIS = 1e3;

    private final Workplace place;
    private final int databases;
    private final int idleSeconds;
    private final Consumer<String> say;
    private final Sleeper sleeper = Sleeper.system();

    IdleMeasurements(Workplace place, int databases, int idleSeconds, Consumer<String> say) {
        this.place = place;
        this.databases = databases;
        this.idleSeconds = idleSeconds;
        this.say = say;
    }

    List<Measurement> measure() throws Exception {
        say.accept("making " + databases + " databases ...");
        Path root = place.directory().resolve("many");
        for (int node = 0; node < databases; node++) {
            BenchNode.create(root, "node" + node, ROWS);
        }
        Agent agent = place.agent(root, Workplace.SCANNED);
        agent.cycle();
        say.accept("passes over unchanged databases ...");
        ScanReport unchanged = laterCycle(agent.with("scanner.interval", "500ms"));
        say.accept("an idle agent for " + idleSeconds + " s ...");
        return List.of(
                Measurement.atMost("scan cycle over " + databases + " unchanged databases",
                        Agent.seconds(unchanged) * MILLIS,
                        "ms", PASS_MILLIS),
                Measurement.atMost("rows it read", (double) unchanged.rows().read(), "rows", 0),
                Measurement.atMost("processor time while idle", idlePercent(agent), "% of a core", IDLE_PERCENT));
    }

    /** The report of a scan cycle that the compiler has seen before, and that comes later than any change is young. */
    private ScanReport laterCycle(Agent agent) throws InterruptedException {
        try (ScannerApp app = agent.start()) {
            while (app.progress().cycles() < CYCLES) {
                sleeper.sleep(WATCH);
            }
            return app.lastReport().orElseThrow();
        }
    }

    private double idlePercent(Agent agent) throws Exception {
        try (ChildJvm child = agent.startChild(place.directory(), false)) {
            // The first scan cycles, and what a process does once.
            child.await(Duration.ofSeconds(10 + idleSeconds / 3));
            Duration before = child.cpuTime();
            child.await(Duration.ofSeconds(idleSeconds));
            return PERCENT * child.cpuTime().minus(before).toMillis() / MILLIS / idleSeconds;
        }
    }
}
