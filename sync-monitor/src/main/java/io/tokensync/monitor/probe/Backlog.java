package io.tokensync.monitor.probe;

import java.time.Instant;
import java.util.Map;

/**
 * How far the groups are behind, as the broker knows it.
 *
 * @param asOf when the broker answered last; null while it has not answered yet
 * @param records offsets between a stage and the end of its topic, by stage; empty when nobody knows
 */
public record Backlog(Instant asOf, Map<String, Long> records) {
    /** Nobody has answered yet. */
    public static final Backlog UNKNOWN = new Backlog(null, Map.of());

    public Backlog {
        records = Map.copyOf(records);
    }
}
