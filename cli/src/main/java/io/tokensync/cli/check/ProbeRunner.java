package io.tokensync.cli.check;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.tokensync.cli.operator.Probe;
import io.tokensync.cli.operator.ProbeFailure;
import io.tokensync.cli.operator.ProbeGroup;

/** Tries side by side what has nothing to do with each other, each thing for a bounded time of its own. */
final class ProbeRunner {
    private final Duration bound;
    private final Clock clock;

    /** @param bound what has not answered then has failed, and is left behind */
    ProbeRunner(Duration bound, Clock clock) {
        this.bound = bound;
        this.clock = clock;
    }

    /**
     * Tries everything.
     *
     * @param hear notified of each result, in the order of the probes
     */
    List<ProbeResult> run(List<ProbeGroup> groups, Consumer<ProbeResult> hear) throws InterruptedException {
        List<FutureTask<List<ProbeResult>>> running = groups.stream().map(group -> start(() -> run(group))).toList();
        List<ProbeResult> all = new ArrayList<>();
        for (FutureTask<List<ProbeResult>> group : running) {
            List<ProbeResult> results = result(group);
            results.forEach(hear);
            all.addAll(results);
        }
        return all;
    }

    private List<ProbeResult> run(ProbeGroup group) throws InterruptedException {
        ProbeResult first = run(group.first());
        List<ProbeResult> results = new ArrayList<>(List.of(first));
        if (!first.passed()) {
            group.rest().forEach(probe -> results.add(new ProbeResult(probe, false, Duration.ZERO,
                    "not tried", "see " + first.probe().name())));
            return results;
        }
        List<FutureTask<ProbeResult>> rest = group.rest().stream().map(probe -> start(() -> run(probe))).toList();
        for (FutureTask<ProbeResult> probe : rest) {
            results.add(result(probe));
        }
        return results;
    }

    private ProbeResult run(Probe probe) throws InterruptedException {
        Instant begin = clock.instant();
        FutureTask<String> attempt = start(probe.attempt()::run);
        try {
            String answer = attempt.get(bound.toMillis(), TimeUnit.MILLISECONDS);
            return new ProbeResult(probe, true, since(begin), answer, "");
        } catch (TimeoutException _) {
            attempt.cancel(true);
            return new ProbeResult(probe, false, since(begin), "no answer within " + bound.toSeconds() + " s",
                    probe.cure());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            String cure = cause instanceof ProbeFailure known ? known.cure() : probe.cure();
            boolean works = cause instanceof ProbeFailure known && known.isWarning();
            return new ProbeResult(probe, works, since(begin), message(cause), cure);
        }
    }

    private Duration since(Instant begin) {
        return Duration.between(begin, clock.instant());
    }

    private static String message(Throwable failure) {
        boolean wrapped = failure instanceof ExecutionException || failure instanceof CompletionException;
        Throwable shown = wrapped && failure.getCause() != null ? failure.getCause() : failure;
        return shown.getMessage() == null ? shown.getClass().getSimpleName() : shown.getMessage();
    }

    private static <T> FutureTask<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofVirtual().name("tokensync-check").start(task);
        return task;
    }

    private static <T> T result(FutureTask<T> task) throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a check could not be run", e.getCause());
        }
    }
}
