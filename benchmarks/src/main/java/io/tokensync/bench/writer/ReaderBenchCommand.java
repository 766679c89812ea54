package io.tokensync.bench.writer;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.tokensync.bench.BenchDirectory;
import io.tokensync.bench.BenchOptions;

/** {@code bench writer reader}: those of the writer's figures that need no broker. */
@Command(name = "reader", mixinStandardHelpOptions = true, description = "Measures how long a writer of the embedded table waits for somebody who reads all of it without a pause, and whether he meets a busy table.")
final class ReaderBenchCommand implements Callable<Integer> {
    private static final int BATCHES = 100;

    @Option(names = "--rows", paramLabel = "N", description = "rows of the table that is read (default: ${DEFAULT-VALUE})")
    private int rows = 1_000_000;

    @Mixin
    private BenchOptions options;

    @Override
    public Integer call() throws Exception {
        try (BenchDirectory directory = options.directory()) {
            return options.report(
                    new ReaderMeasurements(directory.path(), rows, BATCHES, options::say).measure());
        }
    }
}
