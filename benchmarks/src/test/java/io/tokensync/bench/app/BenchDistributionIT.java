package io.tokensync.bench.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Benchmarks from what the build has assembled, started by their launcher: nothing that they need is of tests only. */
class BenchDistributionIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path LIB = Path.of("target", "lib").toAbsolutePath();
    private static final long END_BOUND_MINUTES = 5;

    @TempDir
    private static Path directory;

    @BeforeAll
    static void install() throws IOException {
        for (String launcher : List.of("bench", "tokensync")) {
            Files.copy(ROOT.resolve(launcher), directory.resolve(launcher));
        }
        Files.createSymbolicLink(directory.resolve("lib"), LIB);
    }

    /** Before whatever removes the directory, and would warn of it. */
    @AfterAll
    static void unlink() throws IOException {
        Files.deleteIfExists(directory.resolve("lib"));
    }

    @Test
    void theBrowserOfTheTestKitIsInItAndNoLibraryOfTests() throws IOException {
        try (Stream<Path> jars = Files.list(LIB)) {
            assertThat(jars.map(jar -> jar.getFileName().toString()))
                    .anyMatch(name -> name.matches("benchmarks-.*\\.jar"))
                    .anyMatch(name -> name.matches("test-kit-.*\\.jar"))
                    .noneMatch(name -> name.matches("(junit|assertj|awaitility|archunit|opentest4j).*"));
        }
    }

    @Test
    void theLauncherShowsAllBenchmarks() throws Exception {
        assertThat(run(0, 0, "--help")).contains("codebook", "e2e", "enricher", "monitor", "scanner", "verify",
                "writer");
        assertThat(run(2, 2, "no-such-benchmark")).contains("no-such-benchmark");
    }

    /** At a size at which its figures mean nothing: it comes to its end and prints all of them. */
    @Test
    void aTinyRunOfTheMonitorPrintsEveryFigure() throws Exception {
        assertThat(run(0, 1, "monitor", "--records", "3000", "--databases", "3", "--batch", "500", "--nodes", "2",
                "--sessions", "3", "--stage-records", "2000"))
                .contains("reconciliation, each record reported by three stages", "peak resident memory",
                        "receipts of the enricher")
                .containsAnyOf("page: first paint", "SKIPPED: the figures of the page");
    }

    /** What {@code ./bench} has printed, and ended with one of two exit codes. */
    private static String run(int least, int most, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(directory.resolve("bench").toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(directory, "output", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(END_BOUND_MINUTES, TimeUnit.MINUTES)).as("ends: %s", command).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String printed = Files.readString(output);
        assertThat(process.exitValue()).as(printed).isBetween(least, most);
        assertThat(printed).doesNotContain("NoClassDefFoundError", "ClassNotFoundException", "Exception in thread");
        return printed;
    }
}
