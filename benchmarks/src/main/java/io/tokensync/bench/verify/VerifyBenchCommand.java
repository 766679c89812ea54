package io.tokensync.bench.verify;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.tokensync.bench.BenchDirectory;
import io.tokensync.bench.BenchOptions;
import io.tokensync.bench.Measurement;
import io.tokensync.bench.scanner.DigestMeasurements;
import io.tokensync.bench.writer.TableMeasurements;

/** {@code bench verify}: what a verification of all nodes costs. */
@Command(name = "verify", mixinStandardHelpOptions = true, description = "Measures what it costs to compare what the nodes hold with the table, in an embedded table.")
public final class VerifyBenchCommand implements Callable<Integer> {
    @Option(names = "--rows", paramLabel = "N", description = "rows of all nodes (default: ${DEFAULT-VALUE})")
    private int rows = 3_400_000;

    @Option(names = "--databases", paramLabel = "N", description = "nodes that they are on (default: ${DEFAULT-VALUE})")
    private int databases = 500;

    @Mixin
    private BenchOptions options;

    @Override
    public Integer call() throws Exception {
        List<Measurement> measurements = new ArrayList<>();
        try (BenchDirectory directory = options.directory()) {
            measurements
                    .addAll(new DigestMeasurements(directory.path(), rows, databases, Clock.systemUTC(), options::say)
                            .measure());
            measurements.addAll(new TableMeasurements(directory.path(), rows, databases, options::say).measure());
        }
        return options.report(measurements);
    }
}
