package io.tokensync.bench.codebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.tokensync.bench.ChildJvm;
import io.tokensync.bench.Measurement;

/**
 * A codebook that a process of its own has built, so that its memory is not this one's.
 *
 * @param path of the file
 * @param seconds that it took, the start of the process with them
 * @param peakBytes of the process's memory
 */
public record CodebookFile(Path path, double seconds, long peakBytes) {
    /** The launcher's, for {@code codebook}. */
    static final List<String> JVM_OPTIONS = List.of("-Xmx512m", "-XX:+UseSerialGC");
    private static final Duration BOUND = Duration.ofMinutes(15);
    private static final double BUILD_SECONDS = 120;
    private static final double FILE_MB = 450;
    private static final double NANOS = 1e9;
    private static final double MEGA = 1e6;

    /** Builds the codebook of these levels, such as {@code 0-78}, in this directory. */
    public static CodebookFile build(Path directory, String levels) throws IOException, InterruptedException {
        Path book = directory.resolve("codebook.bin");
        long start = System.nanoTime();
        try (ChildJvm child = ChildJvm.start(directory.resolve("build.log"), JVM_OPTIONS,
                List.of("codebook", "build", "--levels", levels, "--out", book.toString()))) {
            if (!child.await(BOUND) || child.exitCode() != 0) {
                throw new IOException("the codebook was not built:\n" + child.output());
            }
            return new CodebookFile(book, (System.nanoTime() - start) / NANOS, child.peakBytes());
        }
    }

    /** What building all levels must reach. */
    List<Measurement> measurements() throws IOException {
        return List.of(Measurement.atMost("building all levels", seconds, "s", BUILD_SECONDS),
                Measurement.note("peak resident memory of that", peakBytes / MEGA, "MB"),
                Measurement.atMost("the file", Files.size(path) / MEGA, "MB", FILE_MB));
    }
}
