package io.tokensync.scanner;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.retry.RetryPolicy;
import io.tokensync.common.time.Sleeper;
import io.tokensync.scanner.discovery.DiscoveryConfig;
import io.tokensync.scanner.publish.EncodingPublisher;
import io.tokensync.scanner.publish.PublishTopics;
import io.tokensync.scanner.report.ScanProgress;
import io.tokensync.scanner.report.ScanReport;
import io.tokensync.scanner.sqlite.ReadingConfig;
import io.tokensync.scanner.state.sqlite.StateDirectory;
import io.tokensync.simulator.Simulation;
import io.tokensync.simulator.SimulationPlan;

/** Rows per second of a first scan and of a rescan, without broker. Arguments: directory, tokens. */
final class ScannerBench {
    private static final double NANOS = 1e9;

    private ScannerBench() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        long tokens = Long.parseLong(args[1]);
        Path nodes = directory.resolve("nodes");
        if (!Files.exists(nodes)) {
            Simulation.write(SimulationPlan.of(nodes, 4, tokens, 1).withMachines(1));
        }
        for (int round = 0; round < 2; round++) {
            scan(directory, nodes, 0);
            scan(directory, nodes, ScannerConfig.DEFAULT_ATTACH);
        }
    }

    private static void scan(Path directory, Path nodes, int attach) throws Exception {
        Path state = directory.resolve("state");
        delete(state);
        ScannerConfig config = new ScannerConfig(DiscoveryConfig.of(nodes), ReadingConfig.DEFAULT, DeleteGuard.DEFAULT,
                ScannerConfig.Identity.of("10.0.0.1"), state, attach, ScannerConfig.Schedule.continuous(),
                KafkaSettings.at("localhost:1"), PublishTopics.STANDARD, RetryPolicy.standard());
        Clock clock = Clock.systemUTC();
        EncodingPublisher publisher = new EncodingPublisher();
        try (StateDirectory stateDirectory = StateDirectory.take(state, clock);
                Passes passes = new Passes(config, stateDirectory, publisher, Optional::empty, new ScanProgress(),
                        clock,
                        Sleeper.system())) {
            measure("first scan, attach " + attach, passes, publisher);
            for (Path file : databases(nodes)) {
                Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            }
            measure("rescan", passes, publisher);
        }
    }

    private static void measure(String what, Passes passes, EncodingPublisher publisher) throws InterruptedException {
        long before = System.nanoTime();
        ScanReport report = passes.next().run();
        double seconds = (System.nanoTime() - before) / NANOS;
        System.out.printf("%-26s %,9d rows %7.2f s %,10.0f rows/s  published %,d attached %,d bytes %,d%n", what,
                report.rows().read(), seconds, report.rows().read() / seconds, report.rows().published(),
                report.rows().blocksAttached(), publisher.bytes());
    }

    private static List<Path> databases(Path nodes) throws Exception {
        try (Stream<Path> files = Files.walk(nodes)) {
            return files.filter(file -> file.endsWith("Rubix/rubix.db")).toList();
        }
    }

    private static void delete(Path directory) throws Exception {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
