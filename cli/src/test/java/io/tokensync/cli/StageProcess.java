package io.tokensync.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A stage in a process of its own, started by the command line, which can be killed as if the power had gone. */
final class StageProcess implements AutoCloseable {
    private static final long END_BOUND_SECONDS = 30;

    private final List<String> command;
    private final Path log;
    private Process process;

    private StageProcess(List<String> command, Path log) {
        this.command = command;
        this.log = log;
    }

    /** Starts {@code tokensync <arguments>}; its output goes to the file. */
    static StageProcess start(Path log, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow", "-cp", System.getProperty("java.class.path"),
                        Main.class.getName()));
        command.addAll(List.of(arguments));
        StageProcess stage = new StageProcess(command, log);
        stage.restart();
        return stage;
    }

    /** Starts it again with the same arguments. */
    void restart() {
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Process death, not a polite stop; returns when it is gone. */
    void kill() {
        process.destroyForcibly();
        await();
    }

    /** A polite stop (SIGTERM), and its exit code. */
    int stop() {
        process.destroy();
        return await();
    }

    /** Waits for it to end by itself. */
    int await() {
        try {
            if (!process.waitFor(END_BOUND_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("did not end: " + command + "\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** All it has printed so far. */
    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
