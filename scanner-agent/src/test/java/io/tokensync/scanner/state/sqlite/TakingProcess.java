package io.tokensync.scanner.state.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

import io.tokensync.scanner.state.StateUnavailableException;

/** Another process that wants a state directory for itself: within one, a lock says nothing about others. */
final class TakingProcess {
    private static final int TAKEN = 7;

    private TakingProcess() {}

    /** Whether another process gets this directory. */
    static boolean takes(Path directory) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-Xmx32m", "-cp", System.getProperty("java.class.path"),
                TakingProcess.class.getName(), directory.toString()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("the process has not ended");
        }
        if (process.exitValue() != 0 && process.exitValue() != TAKEN) {
            throw new IllegalStateException("the process has failed: " + process.exitValue());
        }
        return process.exitValue() == 0;
    }

    public static void main(String[] arguments) {
        try (StateDirectory _ = StateDirectory.take(Path.of(arguments[0]), Clock.systemUTC())) {
            System.exit(0);
        } catch (StateUnavailableException _) {
            System.exit(TAKEN);
        }
    }
}
