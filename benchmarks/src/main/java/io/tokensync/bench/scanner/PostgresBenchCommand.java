package io.tokensync.bench.scanner;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.tokensync.bench.Baseline;
import io.tokensync.bench.BenchDirectory;
import io.tokensync.bench.BenchOptions;
import io.tokensync.bench.ChildJvm;
import io.tokensync.bench.Measurement;
import io.tokensync.bench.scanner.ScannerBenchCommand.Workplace;
import io.tokensync.bench.scanner.postgres.V1BenchNode;
import io.tokensync.bench.scanner.postgres.V1NodeAtWork;
import io.tokensync.embedded.EmbeddedKafka;
import io.tokensync.scanner.report.ScanReport;
import io.tokensync.testkit.postgres.PostgresServer;

/** {@code bench scanner postgres}: a node of v1 whose database is on this machine too. */
@Command(name = "postgres", mixinStandardHelpOptions = true, description = "Measures the agent on a node of Rubix v1, with its PostgreSQL on this machine: scans, and what the writing node notices.")
final class PostgresBenchCommand implements Callable<Integer> {
    private static final int PARTITIONS = 4;
    private static final int ROWS = 3_400_000;
    private static final int WARM_UP = 50_000;
    private static final int CHANGED_ONE_IN = 1_000;
    private static final Duration BOUND = Duration.ofMinutes(20);
    private static final double RESIDENT_MB = 200;
    private static final double FIRST_SCAN = 100_000;
    private static final double RESCAN = 300_000;
    private static final double NEARLY_ALL = 0.99;
    private static final double MEGA = 1e6;
    private static final String RATE = "rows/s";

    @Option(names = "--rows", paramLabel = "N", description = "rows of the node (default: ${DEFAULT-VALUE})")
    private int rows = ROWS;

    @Mixin
    private BenchOptions options;

    @Override
    public Integer call() throws Exception {
        // commits wait for the disk, as those of a node do
        Map<String, String> settings = Map.of("fsync", "on", "shared_buffers", "256MB", "max_wal_size", "4GB");
        try (BenchDirectory directory = options.directory();
                EmbeddedKafka kafka = EmbeddedKafka.start(directory.path().resolve("kafka"));
                PostgresServer server = PostgresServer.start(settings)) {
            Workplace place = new Workplace(directory.path(), kafka.bootstrapServers(), Clock.systemUTC());
            place.createTopics(PARTITIONS);
            warmUp(place);
            options.say(String.format(Locale.ROOT, "making a node of %,d rows ...", rows));
            Path root = directory.path().resolve("nodes");
            V1BenchNode node = V1BenchNode.create(server, root, rows);
            Agent agent = agent(place, root, Workplace.SCANNED);
            List<Measurement> measurements = new ArrayList<>(measure(agent, node));
            options.say("an agent in a process of its own ...");
            measurements.add(Measurement.atMost("peak resident memory of the agent", peak(place, agent) / MEGA, "MB",
                    RESIDENT_MB));
            return options.report(measurements);
        }
    }

    /** Of a first scan with the launcher's options. */
    private static double peak(Workplace place, Agent agent) throws IOException, InterruptedException {
        String state = place.directory().resolve("state-of-a-process").toString();
        try (ChildJvm child = agent.with("scanner.state-dir", state).startChild(place.directory(), true)) {
            if (!child.await(BOUND) || child.exitCode() != 0) {
                throw new IOException("the agent did not end as it should:\n" + child.output());
            }
            return child.peakBytes();
        }
    }

    private List<Measurement> measure(Agent agent, V1BenchNode node) throws Exception {
        List<Measurement> measurements = new ArrayList<>();
        options.say("first scan, of a node that writes ...");
        long[] beside;
        Rate first;
        try (V1NodeAtWork work = V1NodeAtWork.start(node)) {
            first = Rate.of(() -> agent.cycle().rows().read());
            beside = work.stop();
        }
        long dead = node.deadRows();
        options.say("the node alone ...");
        long[] alone;
        Rate plain;
        try (V1NodeAtWork work = V1NodeAtWork.start(node)) {
            plain = Rate.of(node::scan);
            alone = work.stop();
        }
        agent.cycle();
        options.say("rescans ...");
        ScanReport unchanged = agent.cycle();
        node.change(CHANGED_ONE_IN);
        Rate rescan = Rate.of(() -> agent.cycle().rows().read());
        measurements.add(Measurement.atLeast("first scan", first.perSecond(), RATE, FIRST_SCAN)
                .with(new Baseline("plain cursor", plain.perSecond())));
        measurements
                .add(Measurement.atMost("rows read of it when nothing has changed", (double) unchanged.rows().read(),
                        "rows", 0));
        measurements.add(Measurement.atLeast("rescan, 0.1 % changed", rescan.perSecond(), RATE, RESCAN)
                .with(new Baseline("plain cursor", plain.perSecond())));
        measurements.add(Measurement.note("99 % of the node's commits within, first scan", millis(beside), "ms")
                .with(new Baseline("beside a plain cursor", millis(alone))));
        measurements.add(Measurement.note("dead rows behind the first scan", (double) dead, "rows"));
        return measurements;
    }

    private void warmUp(Workplace place) throws Exception {
        options.say("warming up ...");
        Path root = place.directory().resolve("warm-up");
        try (PostgresServer server = PostgresServer.start()) {
            V1BenchNode node = V1BenchNode.create(server, root, WARM_UP);
            Agent agent = agent(place, root, Workplace.SAMPLE);
            agent.cycle();
            node.change(2);
            agent.cycle();
            node.scan();
        }
    }

    private static Agent agent(Workplace place, Path root, String topic) {
        return place.agent(root, topic).with("scanner.postgres.user", PostgresServer.USER)
                .with("scanner.postgres.password", PostgresServer.PASSWORD).with("scanner.essential-only", "true");
    }

    private static double millis(long[] sorted) {
        return sorted.length == 0 ? 0 : sorted[(int) (sorted.length * NEARLY_ALL)] / MEGA;
    }
}
