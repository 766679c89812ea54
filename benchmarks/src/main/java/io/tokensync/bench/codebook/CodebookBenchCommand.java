package io.tokensync.bench.codebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.tokensync.bench.BenchDirectory;
import io.tokensync.bench.BenchOptions;
import io.tokensync.bench.ChildJvm;
import io.tokensync.bench.Figure;

/** {@code bench codebook}: builds the codebook of all levels in a process of its own, then looks tokens up in this one. */
@Command(name = "codebook", mixinStandardHelpOptions = true, description = "Measures building the codebook and looking tokens up in it.")
public final class CodebookBenchCommand implements Callable<Integer> {
    /** The launcher's, for {@code codebook}. */
    private static final List<String> JVM_OPTIONS = List.of("-Xmx512m", "-XX:+UseSerialGC");
    private static final Duration BOUND = Duration.ofMinutes(15);
    private static final double BUILD_SECONDS = 120;
    private static final double FILE_MB = 450;
    private static final double NANOS = 1e9;
    private static final double MEGA = 1e6;

    @Option(names = "--file", paramLabel = "FILE", description = "look up in this codebook instead of building one")
    private Optional<Path> file = Optional.empty();

    @Mixin
    private BenchOptions options;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (BenchDirectory directory = options.directory()) {
            List<Figure> figures = new ArrayList<>();
            Path book = file.orElse(directory.path().resolve("codebook.bin"));
            if (file.isEmpty()) {
                options.say("building the codebook of all levels ...");
                figures.addAll(build(directory.path(), book));
            }
            options.say("looking up ...");
            figures.addAll(CodebookLookups.measure(book));
            return options.report(figures);
        }
    }

    private static List<Figure> build(Path directory, Path book) throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (ChildJvm child = ChildJvm.start(directory.resolve("build.log"), JVM_OPTIONS,
                List.of("codebook", "build", "--out", book.toString()))) {
            if (!child.await(BOUND) || child.exitCode() != 0) {
                throw new IOException("the codebook was not built:\n" + child.output());
            }
            double seconds = (System.nanoTime() - start) / NANOS;
            return List.of(Figure.atMost("building all levels", seconds, "s", BUILD_SECONDS),
                    Figure.note("peak resident memory of that", child.peakBytes() / MEGA, "MB"),
                    Figure.atMost("the file", Files.size(book) / MEGA, "MB", FILE_MB));
        }
    }
}
