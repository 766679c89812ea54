package io.tokensync.testkit.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of the server. */
final class PostgresProcess {
    /**
     * The shell becomes the server; what it leaves behind waits for the end of its input, which is the end of the JVM at
     * the latest, and then asks the server for a fast shutdown.
     */
    private static final String UNTIL_INPUT_ENDS = "exec 3<&0; (cat <&3 >/dev/null; kill -INT $$ 2>/dev/null) & "
            + "exec \"$@\" 3<&- </dev/null";
    private static final long STOP_SECONDS = 60;

    private final Process process;

    private PostgresProcess(Process process) {
        this.process = process;
    }

    static PostgresProcess start(PostgresInstallation installation, List<String> arguments) {
        List<String> server = new ArrayList<>(List.of("-D", installation.data()));
        server.addAll(arguments);
        List<String> command = new ArrayList<>(List.of("sh", "-c", UNTIL_INPUT_ENDS, "sh"));
        command.addAll(installation.command("postgres", server));
        try {
            return new PostgresProcess(new ProcessBuilder(command).directory(installation.home().toFile())
                    .redirectInput(Redirect.PIPE).redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(installation.logFile())).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Fast shutdown. */
    void stop() {
        try {
            process.getOutputStream().close();
        } catch (IOException _) {
            // It has ended already.
        }
        awaitEnd();
    }

    void kill() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        awaitEnd();
        children.forEach(child -> child.onExit().join());
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("PostgreSQL does not end");
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
