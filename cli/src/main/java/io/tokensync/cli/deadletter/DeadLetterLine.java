package io.tokensync.cli.deadletter;

import java.time.Instant;

import io.tokensync.common.kafka.deadletter.StoredDeadLetter;

/**
 * A dead letter in a list.
 *
 * @param place partition and offset, as {@code dlq show} takes it
 * @param node null when nobody knows
 * @param times how many dead letters say the same of the same record
 */
record DeadLetterLine(String place, Instant time, String stage, String reason, String node, String origin,
        String detail,
        int times) {
    static DeadLetterLine of(StoredDeadLetter deadLetter) {
        return new DeadLetterLine(deadLetter.place(), deadLetter.time(), deadLetter.content().stage(),
                deadLetter.content().reason(),
                deadLetter.node().orElse(null), deadLetter.origin(), deadLetter.content().detail(), 1);
    }

    DeadLetterLine times(int count) {
        return new DeadLetterLine(place, time, stage, reason, node, origin, detail, count);
    }

    /** For people. */
    String text() {
        return String.join("  ", place, time.toString(), stage, reason, node == null ? "-" : node, origin,
                String.valueOf(detail)) + (times == 1 ? "" : "  (" + times + " times)");
    }
}
