package io.tokensync.scanner.publish;

/** Whether those behind the agent keep up with it, where somebody knows: on a machine of its own an agent does not. */
@FunctionalInterface
public interface Backpressure {
    /** Nobody knows, and the topics take it all. */
    Backpressure NONE = records -> {};

    /**
     * Waits until so many more records may be published. No database is being read and nothing is locked meanwhile.
     *
     * @throws InterruptedException when the service closes
     */
    void await(int records) throws InterruptedException;
}
