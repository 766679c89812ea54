package io.tokensync.bench.scanner;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.tokensync.bench.Baseline;
import io.tokensync.bench.Measurement;
import io.tokensync.bench.scanner.sqlite.BenchNode;
import io.tokensync.bench.scanner.sqlite.NodeAtWork;
import io.tokensync.bench.scanner.sqlite.NodeAtWork.Commits;
import io.tokensync.common.time.Sleeper;
import io.tokensync.scanner.source.DatabaseWatch;
import io.tokensync.scanner.source.sqlite.DatabaseOpener;
import io.tokensync.scanner.source.sqlite.TokenReader;
import io.tokensync.scanner.source.sqlite.file.ReadingConfig;
import io.tokensync.scanner.watch.Watchdog;

/**
 * What reading costs a node that writes with a rollback journal and has no busy timeout, on a busy host: there the reader
 * loses the processor while it holds the lock. The three are measured in turns.
 */
final class ContentionMeasurements {
    private static final int ROWS = 60_000;
    private static final int TURNS = 3;
    private static final int THREADS_PER_PROCESSOR = 2;
    private static final double PER_THOUSAND = 1_000;
    private static final ReadingConfig CONFIG = ReadingConfig.DEFAULT;
    /** No page takes so long that the next ones would be smaller, or would wait. */
    private static final ReadingConfig FIXED_PAGES = new ReadingConfig(CONFIG.pageRows(), Duration.ofSeconds(10),
            CONFIG.busyTimeout(), CONFIG.busyTries(), CONFIG.heldConnections(), CONFIG.databaseTimeout());
    private static final String FIXED = "pages that do not adapt";
    private static final String BUSY = "per 1,000 commits";
    private static final double MEGA = 1e6;

    private final Path directory;
    private final Duration turn;
    private final Clock clock;
    private final Consumer<String> say;

    /**
     * @param directory for its files
     * @param turn how long each of the three is watched at a time
     */
    ContentionMeasurements(Path directory, Duration turn, Clock clock, Consumer<String> say) {
        this.directory = directory;
        this.turn = turn;
        this.clock = clock;
        this.say = say;
    }

    List<Measurement> measure() throws Exception {
        BenchNode node = BenchNode.create(directory.resolve("contention"), "node001", ROWS);
        Commits alone = Commits.NONE;
        Commits scanned = Commits.NONE;
        Commits fixedPages = Commits.NONE;
        int threads = THREADS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
        say.accept("a node without a busy timeout, beside " + threads + " threads that never wait ...");
        try (Watchdog watchdog = new Watchdog("bench-files", CONFIG.databaseTimeout(), clock);
                BusyHost _ = BusyHost.start(threads)) {
            DatabaseOpener adaptive = opener(CONFIG, watchdog);
            DatabaseOpener fixed = opener(FIXED_PAGES, watchdog);
            for (int i = 0; i < TURNS; i++) {
                alone = alone.and(beside(node, () -> Sleeper.system().sleep(turn)));
                scanned = scanned.and(beside(node, () -> again(() -> scan(adaptive, node))));
                fixedPages = fixedPages.and(beside(node, () -> again(() -> scan(fixed, node))));
            }
        }
        return measurements(alone, scanned, fixedPages);
    }

    private DatabaseOpener opener(ReadingConfig config, Watchdog watchdog) {
        return new DatabaseOpener(config, directory.resolve("contention-copies"), new DatabaseWatch(watchdog),
                clock, Sleeper.system());
    }

    private static List<Measurement> measurements(Commits alone, Commits scanned, Commits fixedPages) {
        return List.of(
                Measurement.note("SQLITE_BUSY of a node without busy timeout while it is scanned, busy host",
                        busy(scanned), BUSY).with(new Baseline(FIXED, busy(fixedPages))),
                Measurement.note("SQLITE_BUSY of it while nobody reads", busy(alone), BUSY),
                Measurement.note("longest wait for a commit of it while it is scanned", millis(scanned), "ms")
                        .with(new Baseline(FIXED, millis(fixedPages))),
                Measurement.note("longest wait for a commit of it while nobody reads", millis(alone), "ms"));
    }

    /** Something that takes a while. */
    @FunctionalInterface
    private interface Operation {
        void run() throws Exception;
    }

    private static Commits beside(BenchNode node, Operation work) throws Exception {
        try (NodeAtWork writing = NodeAtWork.startWithoutBusyTimeout(node)) {
            work.run();
            return writing.stop();
        }
    }

    private void again(Operation scan) throws Exception {
        long begin = System.nanoTime();
        do {
            scan.run();
        } while (System.nanoTime() - begin < turn.toNanos());
    }

    private static void scan(DatabaseOpener databases, BenchNode node) throws Exception {
        try (TokenReader reader = databases.open(node.file())) {
            while (reader.next() != null) {
                // what becomes of a row makes nobody wait
            }
        }
    }

    private static double busy(Commits commits) {
        return PER_THOUSAND * commits.busy() / Math.max(1, commits.done());
    }

    private static double millis(Commits commits) {
        return commits.longestNanos() / MEGA;
    }
}
