package io.tokensync.common.runtime;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A stage as a running thing: built, started once, closed once. */
public interface Service extends AutoCloseable {
    /** Starts the threads of the service and returns; a failed start closes what it had opened. */
    void start();

    /** What it is doing now, for people and probes. */
    StageStatus status();

    /** For liveness: whether it makes progress, or waits for something that it knows. */
    boolean alive();

    /** More for {@code /status}: what Jackson can write, without secrets. */
    default Map<String, ?> details() {
        return Map.of();
    }

    /** Completes when the service has ended: normally after {@link #close} or when its work is done, else with the cause. */
    CompletableFuture<Void> termination();

    /** Ends the work in order and within a bound; idempotent. */
    @Override
    void close();
}
