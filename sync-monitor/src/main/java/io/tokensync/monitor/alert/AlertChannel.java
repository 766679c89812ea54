package io.tokensync.monitor.alert;

/** A way to people. */
interface AlertChannel {
    /** For logs and metrics. */
    String name();

    /**
     * Delivers.
     *
     * @throws NotDelivered when it did not arrive, or nobody knows
     */
    void send(Alert alert) throws NotDelivered, InterruptedException;
}
