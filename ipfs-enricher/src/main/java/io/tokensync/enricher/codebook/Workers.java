package io.tokensync.enricher.codebook;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Numbered tasks on a few threads, each with its own worker; the first failure ends all of them. */
final class Workers {
    private Workers() {}

    /** A task by its number. */
    @FunctionalInterface
    interface Task {
        void run(int number) throws IOException, InterruptedException;
    }

    /** What is left to do when a worker gets no more tasks. */
    @FunctionalInterface
    interface End {
        void run() throws IOException;
    }

    /** What one thread does. */
    record Worker(Task task, End end) {}

    /** Runs the tasks 0 to {@code tasks}, exclusive, each once; no thread is left when it returns or throws. */
    static void run(int threads, int tasks, Supplier<Worker> workers) throws IOException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        Callable<Void> loop = () -> {
            Worker worker = workers.get();
            try {
                for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
                    worker.task().run(task);
                }
                worker.end().run();
                return null;
            } finally {
                next.set(tasks); // of a failure: the others end too
            }
        };
        List<Callable<Void>> loops = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            loops.add(loop);
        }
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            for (Future<Void> ended : executor.invokeAll(loops)) {
                ended.get();
            }
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        }
    }

    private static RuntimeException rethrown(Throwable cause) throws IOException, InterruptedException {
        switch (cause) {
            case IOException e -> throw e;
            case InterruptedException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException("a task failed", cause);
        }
    }
}
