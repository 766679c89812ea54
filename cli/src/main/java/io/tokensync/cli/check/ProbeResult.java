package io.tokensync.cli.check;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import io.tokensync.cli.operator.Probe;

/**
 * How a probe ended.
 *
 * @param name of the probe
 * @param passed whether it worked
 * @param took how long it was tried
 * @param detail what was found, or why it does not work
 */
record ProbeResult(String name, boolean passed, Duration took, String detail) {
    /** Runs the probes of one system; behind a failed first one the others are not tried. */
    static List<ProbeResult> of(List<Probe> probes, Clock clock) throws InterruptedException {
        List<ProbeResult> results = new ArrayList<>();
        for (Probe probe : probes) {
            boolean away = !results.isEmpty() && !results.getFirst().passed();
            results.add(away
                    ? new ProbeResult(probe.name(), false, Duration.ZERO, "not tried: see " + results.getFirst().name())
                    : run(probe, clock));
        }
        return results;
    }

    private static ProbeResult run(Probe probe, Clock clock) throws InterruptedException {
        Instant start = clock.instant();
        try {
            String detail = probe.run();
            return new ProbeResult(probe.name(), true, Duration.between(start, clock.instant()), detail);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return new ProbeResult(probe.name(), false, Duration.between(start, clock.instant()), message(e));
        }
    }

    private static String message(Exception failure) {
        boolean wrapped = failure instanceof ExecutionException || failure instanceof CompletionException;
        Throwable shown = wrapped && failure.getCause() != null ? failure.getCause() : failure;
        return shown.getMessage() == null ? shown.getClass().getSimpleName() : shown.getMessage();
    }

    /** A line for people. */
    String line() {
        return String.format(Locale.ROOT, "%s  %-24s %,6d ms  %s", passed ? "passed" : "FAILED", name, took.toMillis(),
                detail);
    }
}
