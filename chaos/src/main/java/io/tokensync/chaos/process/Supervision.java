package io.tokensync.chaos.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.tokensync.common.time.Sleeper;

/** Looks at all processes now and then: starts again, as a supervisor would, what ended by itself, and takes samples. */
public final class Supervision implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final List<Child> children;
    private final Sleeper sleeper;
    private final LongSupplier nanoTime;
    private final Consumer<String> said;
    private final VitalsLog vitals = new VitalsLog();
    private final List<String> ends = new ArrayList<>();
    private final Thread thread;

    /** @param said is notified of each process that ended by itself */
    public Supervision(List<Child> children, Sleeper sleeper, LongSupplier nanoTime, Consumer<String> said) {
        this.children = List.copyOf(children);
        this.sleeper = sleeper;
        this.nanoTime = nanoTime;
        this.said = said;
        this.thread = Thread.ofPlatform().daemon().name("supervision").start(this::watch);
    }

    /** Those that have ended by themselves since the last call, one sentence each. */
    public synchronized List<String> takeEnds() {
        List<String> taken = List.copyOf(ends);
        ends.clear();
        return taken;
    }

    /** See {@link VitalsLog#growth}. */
    public synchronized List<String> growth() {
        return vitals.growth();
    }

    /** See {@link VitalsLog#peaks}. */
    public synchronized Map<Child.Role, VitalsLog.Peak> peaks() {
        return vitals.peaks();
    }

    /** Looks now. */
    public synchronized void look() {
        for (Child child : children) {
            child.unwantedEnd().ifPresent(exitCode -> {
                String end = child.name() + " ended by itself with exit code " + exitCode + ", see " + child.log();
                ends.add(end);
                said.accept(end);
                child.start();
            });
        }
        vitals.sample(children, nanoTime.getAsLong());
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private void watch() {
        try {
            while (true) {
                look();
                sleeper.sleep(INTERVAL);
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }
}
