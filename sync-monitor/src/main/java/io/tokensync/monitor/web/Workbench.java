package io.tokensync.monitor.web;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.tokensync.monitor.deadletter.DeadLetterStore;
import io.tokensync.monitor.table.Search.NodeName;
import io.tokensync.monitor.table.TokenTable;

/**
 * What the page answers single questions from, beside what it shows all the time.
 *
 * @param table empty when the monitor has no database configured
 * @param verifications the latest of each node, in memory
 * @param deadLetters the newest, in memory
 */
public record Workbench(Optional<TokenTable> table, Supplier<Map<NodeName, Map<String, Object>>> verifications,
        DeadLetterStore deadLetters) {
    /** Nothing to ask. */
    public static Workbench none() {
        return new Workbench(Optional.empty(), Map::of, new DeadLetterStore("--config writer.yaml"));
    }
}
