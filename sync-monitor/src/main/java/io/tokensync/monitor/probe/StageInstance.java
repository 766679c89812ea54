package io.tokensync.monitor.probe;

import java.time.Instant;
import java.util.Set;

/**
 * One process of a stage, as its admin endpoint describes it, or the process itself when it is the monitor's.
 *
 * @param stage {@code scanner}, {@code enricher} or {@code writer}
 * @param address of the endpoint
 * @param state as {@code /status} has it, or {@link #UNREACHABLE}
 * @param since since when; null when it does not say
 * @param kind kind of the failure it waits for; null when it does not wait
 * @param cause what it waits for, or why it cannot be asked; null when there is nothing to say
 */
public record StageInstance(String stage, String address, String state, Instant since, String kind, String cause) {
    /** State of a process that does not answer. */
    public static final String UNREACHABLE = "UNREACHABLE";
    /** State of a process that has ended as it was meant to. */
    public static final String STOPPED = "STOPPED";
    private static final Set<String> PAUSED = Set.of("WAITING", "FAILED");

    /** Whether it makes no progress: something outside of it has to change, or it is being started again after a failure. */
    public boolean isPaused() {
        return PAUSED.contains(state);
    }
}
