package io.tokensync.bench.writer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.tokensync.bench.BenchDirectory;
import io.tokensync.bench.BenchOptions;
import io.tokensync.bench.Measurement;

/** {@code bench writer history}: what it costs to remember every version. */
@Command(name = "history", mixinStandardHelpOptions = true, description = "Measures what the history costs the writer of the embedded table: new rows, changed rows and a replay of them, each beside a writer without it: of the thread that writes, batch by batch in turns; and of a writer process from a broker.")
final class HistoryBenchCommand implements Callable<Integer> {
    @Option(names = "--rows", paramLabel = "N", description = "rows of the table (default: ${DEFAULT-VALUE})")
    private int rows = 100_000;

    @Option(names = "--batch", paramLabel = "N", description = "rows of a batch (default: ${DEFAULT-VALUE})")
    private int batch = 20_000;

    @Mixin
    private BenchOptions options;

    @Override
    public Integer call() throws Exception {
        try (BenchDirectory directory = options.directory()) {
            List<Measurement> measurements = new ArrayList<>(
                    new HistoryRuns(directory.path(), rows, options::say).measure());
            measurements.addAll(new HistoryMeasurements(directory.path(), rows, batch, options::say).measure());
            return options.report(measurements);
        }
    }
}
