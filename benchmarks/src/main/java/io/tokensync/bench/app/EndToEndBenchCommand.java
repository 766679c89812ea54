package io.tokensync.bench.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.tokensync.bench.BenchDirectory;
import io.tokensync.bench.BenchOptions;
import io.tokensync.bench.ChildJvm;
import io.tokensync.bench.Measurement;

/** {@code ./bench e2e}: the demo in a process of its own, from node databases to a table that equals the truth. */
@Command(name = "e2e", mixinStandardHelpOptions = true, description = "Measures the demo from the node databases to the proven table.")
public final class EndToEndBenchCommand implements Callable<Integer> {
    /** The launcher's, for {@code demo} and {@code local}. */
    private static final List<String> JVM_OPTIONS = ChildJvm.withLateCompiler("-Xmx768m", "-Xmn320m",
            "-XX:+UseParallelGC", "-XX:MetaspaceSize=128m");
    private static final Pattern RATE = Pattern.compile("time +([0-9.]+) s, ([0-9,]+) tokens/s");
    private static final Duration BOUND = Duration.ofMinutes(30);
    private static final double TOKENS_PER_SECOND = 15_000;
    private static final double PEAK_MB = 1_500;
    private static final double MEGA = 1e6;

    @Option(names = "--tokens", paramLabel = "M", description = "how many token rows (default: ${DEFAULT-VALUE})")
    private long tokens = 200_000;

    @Mixin
    private BenchOptions options;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (BenchDirectory directory = options.directory()) {
            options.say("demo of " + tokens + " tokens ...");
            return options.report(measurements(directory.path()));
        }
    }

    private List<Measurement> measurements(Path directory) throws IOException, InterruptedException {
        List<String> demo = List.of("demo", "--tokens", Long.toString(tokens), "--dir",
                directory.resolve("demo").toString());
        try (ChildJvm child = ChildJvm.start(directory.resolve("demo.log"), JVM_OPTIONS, demo)) {
            if (!child.await(BOUND) || child.exitCode() != 0) {
                throw new IOException("the demo did not end as it should:\n" + child.output());
            }
            Matcher time = RATE.matcher(child.output());
            if (!time.find()) {
                throw new IOException("the demo printed no rate:\n" + child.output());
            }
            double seconds = Double.parseDouble(time.group(1));
            double rate = Double.parseDouble(time.group(2).replace(",", ""));
            return List.of(Measurement.atLeast("node databases to proven table", rate, "tokens/s", TOKENS_PER_SECOND),
                    Measurement.note("of that, the sync itself took", seconds, "s"),
                    Measurement.atMost("peak resident memory", child.peakBytes() / MEGA, "MB", PEAK_MB));
        }
    }
}
