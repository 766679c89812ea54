package io.tokensync.monitor.app;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.monitor.table.Search.NodeName;
import io.tokensync.monitor.table.TableException;
import io.tokensync.monitor.table.TokenTable;

/** The latest verification of each node, as the table had it last: the page asks every second, and the table need not. */
final class VerificationWatch implements Supplier<Map<NodeName, Map<String, Object>>> {
    private static final Logger log = LoggerFactory.getLogger(VerificationWatch.class);

    private final TokenTable table;
    private volatile Map<NodeName, Map<String, Object>> latest = Map.of();

    VerificationWatch(TokenTable table) {
        this.table = table;
    }

    /** Asks. What was known stays when there is no answer: it says of when it is. */
    void look() {
        try {
            Map<NodeName, Map<String, Object>> found = new HashMap<>();
            table.verifications().forEach(row -> found.put(
                    new NodeName(String.valueOf(row.get("source_ip")), String.valueOf(row.get("node_name"))), row));
            latest = Map.copyOf(found);
        } catch (TableException e) {
            log.atDebug().setMessage("verifications could not be read").setCause(e).log();
        }
    }

    @Override
    public Map<NodeName, Map<String, Object>> get() {
        return latest;
    }
}
