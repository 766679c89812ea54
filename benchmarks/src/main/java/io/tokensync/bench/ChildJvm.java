package io.tokensync.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.tokensync.cli.Main;

/** A command in a process of its own, for figures that only a whole process has. */
public final class ChildJvm implements AutoCloseable {
    private static final String BENCH = "io.tokensync.bench.app.BenchCommand";
    private static final long WATCH_MILLIS = 100;
    private static final int KIBI = 1024;

    private final Process process;
    private final Path log;
    private long peakBytes;
    private Duration cpuTime = Duration.ZERO;

    private ChildJvm(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a command of {@code ./tokensync}.
     *
     * @param log gets what it prints
     * @param options of the JVM, for example {@code -Xmx160m}
     * @param arguments of {@code tokensync}
     */
    public static ChildJvm start(Path log, List<String> options, List<String> arguments) throws IOException {
        return start(Main.class.getName(), log, options, arguments);
    }

    /** These options of a JVM, and the launcher's for processes that have the heavy compiler. */
    public static List<String> withLateCompiler(String... options) {
        return Stream.concat(Stream.of(options), Stream.of("-XX:Tier4InvocationThreshold=50000",
                "-XX:Tier4MinInvocationThreshold=6000", "-XX:Tier4CompileThreshold=150000",
                "-XX:Tier4BackEdgeThreshold=400000")).toList();
    }

    /** Starts a benchmark, as {@link #start} does a command. */
    public static ChildJvm startBench(Path log, List<String> options, List<String> arguments) throws IOException {
        return start(BENCH, log, options, arguments);
    }

    private static ChildJvm start(String main, Path log, List<String> options, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseCompactObjectHeaders"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(arguments);
        return new ChildJvm(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start(),
                log);
    }

    /** Waits for its end, or for the bound, and watches its memory meanwhile; returns whether it has ended. */
    public boolean await(Duration bound) throws InterruptedException {
        long end = System.nanoTime() + bound.toNanos();
        boolean ended = false;
        while (!ended && System.nanoTime() < end) {
            ended = process.waitFor(WATCH_MILLIS, TimeUnit.MILLISECONDS);
            residentBytes("VmHWM").ifPresent(bytes -> peakBytes = Math.max(peakBytes, bytes));
            cpuTime = process.info().totalCpuDuration().orElse(cpuTime);
        }
        return ended;
    }

    /** Exit code of a process that has ended. */
    public int exitCode() {
        return process.exitValue();
    }

    /** Highest resident memory that {@link #await} has seen, in bytes; 0 where the system has no {@code /proc}. */
    public long peakBytes() {
        return peakBytes;
    }

    /** Processor time used so far; of a process that has ended, what {@link #await} has seen last. */
    public Duration cpuTime() {
        return process.info().totalCpuDuration().orElse(cpuTime);
    }

    /** All it has printed so far. */
    public String output() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private OptionalLong residentBytes(String field) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith(field + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBI).findFirst();
        } catch (IOException _) { // it has ended, or there is no /proc
            return OptionalLong.empty();
        }
    }
}
