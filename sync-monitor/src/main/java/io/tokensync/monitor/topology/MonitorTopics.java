package io.tokensync.monitor.topology;

import java.util.Objects;

import io.tokensync.common.kafka.Topics;

/**
 * Topics by name.
 *
 * @param receipts what the stages say
 * @param sessions what the monitor makes of it
 */
public record MonitorTopics(String receipts, String sessions) {
    public static final MonitorTopics STANDARD = new MonitorTopics(Topics.RECEIPTS, Topics.SESSIONS);

    public MonitorTopics {
        Objects.requireNonNull(receipts, "receipts");
        Objects.requireNonNull(sessions, "sessions");
    }
}
