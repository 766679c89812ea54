package io.tokensync.monitor.reconciliation.streams;

import java.util.Objects;

import io.tokensync.common.kafka.topics.Topics;

/**
 * Topics by name.
 *
 * @param receipts what the stages say
 * @param sessions what the monitor makes of it
 * @param deadLetter receipts that say what cannot be
 */
public record MonitorTopics(String receipts, String sessions, String deadLetter) {
    public static final MonitorTopics STANDARD = new MonitorTopics(Topics.RECEIPTS, Topics.SESSIONS,
            Topics.DEAD_LETTER);

    public MonitorTopics {
        Objects.requireNonNull(receipts, "receipts");
        Objects.requireNonNull(sessions, "sessions");
        Objects.requireNonNull(deadLetter, "deadLetter");
    }
}
