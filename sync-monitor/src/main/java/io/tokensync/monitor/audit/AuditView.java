package io.tokensync.monitor.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How the audit stands.
 *
 * @param state whether there is a result
 * @param at when the findings were asked for; null when there are none yet
 * @param took how long that took; null likewise
 * @param problem why the last attempt failed; null when it did not
 * @param findings of the last attempt that succeeded, a finding for each kind
 */
public record AuditView(State state, Instant at, Duration took, String problem, List<Finding> findings) {
    /** Whether there is a result. */
    public enum State {
        /** The monitor is not notified of a database. */
        OFF,
        /** Asked for the first time. */
        RUNNING,
        DONE,
        /** The last attempt failed; the findings, if any, are of an earlier one. */
        FAILED
    }

    /** No database to ask. */
    public static final AuditView OFF = new AuditView(State.OFF, null, null, null, List.of());
    /** Nothing known yet. */
    public static final AuditView RUNNING = new AuditView(State.RUNNING, null, null, null, List.of());

    public AuditView {
        findings = List.copyOf(findings);
    }

    /** The same findings after an attempt that failed. */
    public AuditView failed(String why) {
        return new AuditView(State.FAILED, at, took, why, findings);
    }
}
