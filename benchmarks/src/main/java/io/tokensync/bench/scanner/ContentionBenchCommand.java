package io.tokensync.bench.scanner;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import io.tokensync.bench.BenchDirectory;
import io.tokensync.bench.BenchOptions;

/** {@code bench scanner contention}: those of the scanner's figures that need no broker and only a minute. */
@Command(name = "contention", mixinStandardHelpOptions = true, description = "Measures how often a node without a busy timeout meets SQLITE_BUSY while it is scanned on a busy host.")
final class ContentionBenchCommand implements Callable<Integer> {
    static final Duration TURN = Duration.ofSeconds(5);

    @Mixin
    private BenchOptions options;

    @Override
    public Integer call() throws Exception {
        try (BenchDirectory directory = options.directory()) {
            return options.report(
                    new ContentionMeasurements(directory.path(), TURN, Clock.systemUTC(), options::say).measure());
        }
    }
}
