package io.tokensync.monitor.watch;

import java.time.Instant;

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
    private static final String WAITING = "WAITING";

    /** Whether it makes no progress until something outside of it changes. */
    public boolean isPaused() {
        return WAITING.equals(state);
    }
}
