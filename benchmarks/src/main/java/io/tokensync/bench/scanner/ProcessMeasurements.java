package io.tokensync.bench.scanner;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.tokensync.bench.Baseline;
import io.tokensync.bench.ChildJvm;
import io.tokensync.bench.Measurement;
import io.tokensync.bench.scanner.ScannerBenchCommand.Workplace;
import io.tokensync.bench.scanner.sqlite.BenchNode;
import io.tokensync.bench.scanner.sqlite.NodeAtWork;
import io.tokensync.common.time.Sleeper;

/** What only a whole process has: its memory, and how it gets in the way of a node that writes. */
final class ProcessMeasurements {
    private static final Duration BOUND = Duration.ofMinutes(20);
    private static final Duration ALONE = Duration.ofSeconds(10);
    private static final double RESIDENT_MB = 200;
    private static final double WAIT_MILLIS = 50;
    private static final double MEGA = 1e6;

    private final Workplace place;
    private final Path root;
    private final BenchNode node;
    private final int memoryRows;
    private final Consumer<String> say;

    /**
     * @param root under which there is one node, which is scanned anew while it writes
     * @param node that node
     * @param memoryRows of another one, that memory is watched on
     */
    ProcessMeasurements(Workplace place, Path root, BenchNode node, int memoryRows, Consumer<String> say) {
        this.place = place;
        this.root = root;
        this.node = node;
        this.memoryRows = memoryRows;
        this.say = say;
    }

    List<Measurement> measure() throws Exception {
        say.accept("an agent beside a node that writes ...");
        double alone = longestWait(node, () -> Sleeper.system().sleep(ALONE));
        double beside = longestWait(node, () -> scan(root));
        say.accept("an agent on a database of " + memoryRows + " rows ...");
        Path large = place.directory().resolve("large");
        BenchNode.create(large, "node001", memoryRows);
        return List.of(
                Measurement.atMost("longest commit of a node while it is scanned", beside, "ms", WAIT_MILLIS)
                        .with(new Baseline("left alone", alone)),
                Measurement.atMost("peak resident memory, " + memoryRows + " rows", scan(large) / MEGA, "MB",
                        RESIDENT_MB));
    }

    /** Something that takes a while. */
    @FunctionalInterface
    private interface Operation {
        void run() throws Exception;
    }

    private static double longestWait(BenchNode node, Operation work) throws Exception {
        try (NodeAtWork writing = NodeAtWork.start(node)) {
            work.run();
            return writing.stop().longestNanos() / MEGA;
        }
    }

    /** Scans a root for the first time in a process with the launcher's options; returns the peak of its memory. */
    private double scan(Path scanned) throws IOException, InterruptedException {
        Agent agent = place.agent(scanned, Workplace.SCANNED).with("scanner.state-dir",
                place.directory().resolve("state-of-a-process-" + scanned.getFileName()).toString());
        try (ChildJvm child = agent.startChild(place.directory(), true)) {
            if (!child.await(BOUND) || child.exitCode() != 0) {
                throw new IOException("the agent did not end as it should:\n" + child.output());
            }
            return child.peakBytes();
        }
    }
}
