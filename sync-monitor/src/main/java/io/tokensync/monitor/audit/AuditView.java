package io.tokensync.monitor.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the audit stands.
 *
 * @param state whether there is a result
 * @param at when the findings were asked for; null when there are none yet
 * @param took how long that took; null likewise
 * @param problem why the last attempt failed; null when it did not
 * @param findings of each kind the latest, those of the kinds left open too
 * @param open kinds of which the attempt of that time has nothing to say
 */
public record AuditView(State state, Instant at, Duration took, String problem, List<Finding> findings,
        List<Open> open) {
    /** Whether there is a result. */
    public enum State {
        /** The monitor is not notified of a database. */
        OFF,
        /** Asked for the first time. */
        RUNNING,
        /** Asked and answered, but for the kinds that are open. */
        DONE,
        /** The last attempt failed; the findings, if any, are of an earlier one. */
        FAILED
    }

    /**
     * A kind without an answer. What was found of it before goes on to be shown, with its time: that nobody could look
     * again is no news of the tokens, and neither "nothing found" nor "gone" would be true.
     *
     * @param missing which one, and why
     * @param answered when it was asked for the last time that there was an answer; null when there has been none
     */
    public record Open(Unanswered missing, Instant answered) {}

    /** No database to ask. */
    public static final AuditView OFF = new AuditView(State.OFF, null, null, null, List.of());
    /** Nothing known yet. */
    public static final AuditView RUNNING = new AuditView(State.RUNNING, null, null, null, List.of());

    public AuditView {
        findings = List.copyOf(findings);
        open = List.copyOf(open);
    }

    /** With an answer for every kind. */
    public AuditView(State state, Instant at, Duration took, String problem, List<Finding> findings) {
        this(state, at, took, problem, findings, List.of());
    }

    /** The same findings after an attempt that failed. */
    public AuditView failed(String why) {
        return new AuditView(State.FAILED, at, took, why, findings, open);
    }

    /**
     * After another attempt; what it was not answered stays as it was.
     *
     * @param begin when it began
     * @param duration how long it took
     */
    public AuditView after(AuditAnswers answers, Instant begin, Duration duration) {
        List<Finding> latest = new ArrayList<>();
        List<Open> left = new ArrayList<>();
        for (KindAnswer answer : answers.each()) {
            switch (answer) {
                case Finding finding -> latest.add(finding);
                case Unanswered missing -> {
                    left.add(new Open(missing, answeredAt(missing.kind()).orElse(null)));
                    finding(missing.kind()).ifPresent(latest::add);
                }
            }
        }
        return new AuditView(State.DONE, begin, duration, null, latest, left);
    }

    /** The latest finding of a kind; empty when it was never answered. */
    public Optional<Finding> finding(FindingKind kind) {
        return findings.stream().filter(finding -> finding.kind() == kind).findFirst();
    }

    /** The kind, when it is open. */
    public Optional<Open> open(FindingKind kind) {
        return open.stream().filter(one -> one.missing().kind() == kind).findFirst();
    }

    /** When the finding of a kind was asked for; empty when it was never answered. */
    public Optional<Instant> answeredAt(FindingKind kind) {
        return open(kind).map(one -> Optional.ofNullable(one.answered()))
                .orElseGet(() -> finding(kind).map(_ -> at));
    }
}
