package io.tokensync.chaos.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process of the installation, which can be killed, started again, stopped and continued. Thread-safe. */
public final class Child implements AutoCloseable {
    private static final int END_SECONDS = 60;

    private final String name;
    private final Role role;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private final Watchdog watchdog;
    private Process process;
    private boolean wanted;

    /**
     * @param name for people, unique
     * @param command with its arguments; it must become the process itself and not start another one
     * @param environment beside that of this process
     * @param log gets what it prints
     */
    public Child(String name, Role role, List<String> command, Map<String, String> environment, Path log,
            Watchdog watchdog) {
        this.name = name;
        this.role = role;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.log = log;
        this.watchdog = watchdog;
    }

    /** What a process is there for. */
    public enum Role {
        BROKER,
        AGENT,
        ENRICHER,
        WRITER,
        MONITOR
    }

    public String name() {
        return name;
    }

    public Role role() {
        return role;
    }

    /** Where its output goes. */
    public Path log() {
        return log;
    }

    /** Starts it unless it runs. */
    public synchronized void start() {
        wanted = true;
        if (process != null && process.isAlive()) {
            return;
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
            watchdog.born(process.pid());
        } catch (IOException e) {
            throw new UncheckedIOException("process " + name + " does not start", e);
        }
    }

    /** Ends it on the spot, as a power cut would, and returns when it is gone. */
    public synchronized void kill() {
        wanted = false;
        if (process != null) {
            process.destroyForcibly();
            awaitEnd();
        }
    }

    /** Asks it to end (SIGTERM), and kills it when it does not within the bound; whether it ended by itself. */
    public synchronized boolean stop(Duration bound) throws InterruptedException {
        wanted = false;
        process.destroy();
        boolean ended = process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS);
        kill();
        return ended;
    }

    /** Stops it where it is. */
    public void suspend() {
        signal("STOP");
    }

    /** Lets it go on. */
    public void resume() {
        signal("CONT");
    }

    /** Has a JVM print its threads to its log. */
    public void printThreads() {
        signal("QUIT");
    }

    /** The process, when it runs. */
    public synchronized Optional<ProcessHandle> running() {
        return Optional.ofNullable(process).filter(Process::isAlive).map(Process::toHandle);
    }

    /** The exit code of a process that has ended though nobody wanted it to; it is told once. */
    public synchronized Optional<Integer> unwantedEnd() {
        if (!wanted || process == null || process.isAlive()) {
            return Optional.empty();
        }
        wanted = false;
        watchdog.gone(process.pid());
        return Optional.of(process.exitValue());
    }

    @Override
    public void close() {
        kill();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("process " + name + " does not end");
            }
            watchdog.gone(process.pid());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void signal(String signal) {
        Optional<ProcessHandle> target = running();
        if (target.isPresent()) {
            Shell.run("kill", "-" + signal, Long.toString(target.get().pid()));
        }
    }
}
