package io.tokensync.bench.scanner;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import io.tokensync.bench.Baseline;
import io.tokensync.bench.Measurement;
import io.tokensync.bench.scanner.ScannerBenchCommand.Workplace;
import io.tokensync.bench.scanner.sqlite.BenchNode;
import io.tokensync.scanner.report.ScanReport;

/** A first scan beside a plain producer, and a rescan beside a plain read. */
final class ScanMeasurements {
    private static final int MOST_SAMPLE_ROWS = 100_000;
    private static final int CHANGED_ONE_IN = 1_000;
    private static final double FIRST_SCAN_RATIO = 0.5;
    private static final double RESCAN_ROWS = 300_000;
    private static final String RATE = "rows/s";
    private static final String MICROS = "us/row";

    private final Workplace place;
    private final Path root;
    private final BenchNode node;
    private final int rows;
    private final Consumer<String> say;

    /**
     * @param root under which there is one node
     * @param node that node
     * @param rows it has
     */
    ScanMeasurements(Workplace place, Path root, BenchNode node, int rows, Consumer<String> say) {
        this.place = place;
        this.root = root;
        this.node = node;
        this.rows = rows;
        this.say = say;
    }

    List<Measurement> measure() throws Exception {
        say.accept("warming up ...");
        warmUp();
        Agent agent = place.agent(root, Workplace.SCANNED);
        say.accept("first scan ...");
        Rate firstScan = Rate.of(() -> agent.cycle().rows().read());
        say.accept("plain producer ...");
        Rate plain = Rate.of(
                () -> new PlainProducer(place.settings()).send(Workplace.SAMPLE, Workplace.PLAIN, rows));
        say.accept("rescan ...");
        int changed = node.change(CHANGED_ONE_IN);
        long[] published = new long[1];
        Rate rescan = Rate.of(() -> {
            ScanReport report = agent.cycle();
            published[0] = report.rows().published();
            return report.rows().read();
        });
        Rate plainRead = Rate.of(node::scan);
        return List.of(
                Measurement.beside("first scan", firstScan.perSecond(), RATE,
                        new Baseline("plain producer", plain.perSecond()), FIRST_SCAN_RATIO),
                Measurement.note("processor time of the first scan, broker included", firstScan.cpuMicros(), MICROS)
                        .with(new Baseline("plain producer", plain.cpuMicros())),
                Measurement.atLeast("rescan, 0.1 % changed", rescan.perSecond(), RATE, RESCAN_ROWS)
                        .with(new Baseline("plain read", plainRead.perSecond())),
                Measurement.note("processor time of the rescan", rescan.cpuMicros(), MICROS)
                        .with(new Baseline("plain read", plainRead.cpuMicros())),
                Measurement.atMost("rows it published beside the changed ones",
                        (double) Math.abs(published[0] - changed), "rows",
                        0));
    }

    /** Scans a few rows, which are the sample that the plain producer sends, until the compiler knows the way. */
    private void warmUp() throws Exception {
        int sampleRows = Math.min(rows, MOST_SAMPLE_ROWS);
        Path sampleRoot = place.directory().resolve("sample");
        BenchNode sample = BenchNode.create(sampleRoot, "node001", sampleRows);
        Agent agent = place.agent(sampleRoot, Workplace.SAMPLE);
        agent.cycle();
        new PlainProducer(place.settings()).send(Workplace.SAMPLE, Workplace.PLAIN, sampleRows);
        sample.change(2);
        agent.cycle();
    }
}
