package io.tokensync.bench.monitor;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.tokensync.bench.BenchDirectory;
import io.tokensync.bench.BenchOptions;
import io.tokensync.bench.Measurement;
import io.tokensync.bench.enricher.ReceiptCost;
import io.tokensync.embedded.EmbeddedKafka;

/** {@code bench monitor}: a monitor in a process of its own on an embedded broker, and the cost of receipts. */
@Command(name = "monitor", mixinStandardHelpOptions = true, description = "Measures the reconciliation by its own processor time, its memory, the page in a real browser, and what receipts cost a stage.")
public final class MonitorBenchCommand implements Callable<Integer> {
    private static final double RECORDS_PER_SECOND = 200_000;
    private static final double RESIDENT_MB = 300;
    private static final double MEGA = 1e6;
    private static final double NANOS = 1e9;

    @Option(names = "--records", paramLabel = "N", description = "records that receipts tell of (default: ${DEFAULT-VALUE})")
    private long records = 3_400_000;

    @Option(names = "--databases", paramLabel = "N", description = "databases they are in (default: ${DEFAULT-VALUE})")
    private int databases = 500;

    @Option(names = "--batch", paramLabel = "N", description = "records of a receipt (default: ${DEFAULT-VALUE})")
    private int batch = 2_000;

    @Option(names = "--nodes", paramLabel = "N", description = "nodes on the page (default: ${DEFAULT-VALUE})")
    private int nodes = 500;

    @Option(names = "--sessions", paramLabel = "N", description = "sessions on the page (default: ${DEFAULT-VALUE})")
    private int sessions = 1_000;

    @Option(names = "--stage-records", paramLabel = "N", description = "records of the stage whose receipts are costed (default: ${DEFAULT-VALUE})")
    private int stageRecords = 300_000;

    @Mixin
    private BenchOptions options;

    @Override
    public Integer call() throws Exception {
        Clock clock = Clock.systemUTC();
        try (BenchDirectory directory = options.directory();
                EmbeddedKafka kafka = EmbeddedKafka.start(directory.path().resolve("kafka"))) {
            List<Measurement> measurements = new ArrayList<>();
            try (MonitorProcess monitor = MonitorProcess.start(kafka.bootstrapServers(), directory.path(), clock)) {
                measurements.add(reconcile(monitor, clock));
                measurements.addAll(new PageMeasurements(monitor, nodes, sessions, clock, options::say).measure());
                measurements.add(Measurement.atMost("monitor: peak resident memory", monitor.peakBytes() / MEGA, "MB",
                        RESIDENT_MB));
            }
            options.say("receipts of a stage, " + stageRecords + " records ...");
            measurements.add(ReceiptCost.ofEnricher(kafka, stageRecords, clock));
            return options.report(measurements);
        }
    }

    private Measurement reconcile(MonitorProcess monitor, Clock clock) throws Exception {
        options.say("receipts of " + records + " records in " + databases + " databases ...");
        String session = new UUID(0, 1).toString();
        Duration before = monitor.cpuTime();
        monitor.send(new FleetReceipts(session, "192.0.2.1", 0, databases, records, 1, batch), clock.instant());
        monitor.awaitComplete(session);
        double seconds = monitor.cpuTime().minus(before).toNanos() / NANOS;
        return Measurement.atLeast("reconciliation, each record reported by three stages, by processor time",
                records / seconds, "records/s", RECORDS_PER_SECOND);
    }
}
