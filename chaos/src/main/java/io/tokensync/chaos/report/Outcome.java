package io.tokensync.chaos.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.tokensync.chaos.schedule.FaultKind;

/**
 * What became of a fault.
 *
 * @param kind what went wrong
 * @param subject what it happened to
 * @param at when it began
 * @param length how long it lasted
 * @param alone whether no other fault happened beside it
 * @param recovery from its end, or that of the fault beside it if it ended later, until the table had a change of every machine
 *        that was made after it; empty when that did not come within the bound
 * @param trouble what else went wrong meanwhile, such as a process that ended by itself; empty when nothing did
 */
public record Outcome(FaultKind kind, String subject, Instant at, Duration length, boolean alone,
        Optional<Duration> recovery, Optional<String> trouble) {

    /** Whether everything went on as it should. */
    public boolean isSurvived() {
        return recovery.isPresent() && trouble.isEmpty();
    }

    /** One sentence for people. */
    public String describe() {
        return kind + " of " + subject + " at " + at + " for " + length.toMillis() + " ms: "
                + recovery.map(took -> "recovered after " + took.toMillis() + " ms").orElse("not recovered")
                + trouble.map(what -> "; " + what).orElse("");
    }
}
