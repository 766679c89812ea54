package io.tokensync.scanner.publish;

import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

import io.tokensync.common.model.RejectionReason;

/**
 * A row that cannot be in the table, for the dead-letter topic.
 *
 * @param sourceIp the machine
 * @param nodeName the node
 * @param dbPath its database
 * @param sessionId the scan
 * @param table name of its table
 * @param rowid its place in the table
 * @param reason why
 * @param detail why exactly
 * @param columns the stored values by the node's names; long ones are cut to what a dead letter shows, at once: many such
 *        rows wait for the end of their batch
 */
public record RejectedRow(String sourceIp, String nodeName, String dbPath, String sessionId, String table, long rowid,
        RejectionReason reason, String detail, Map<String, Object> columns) {
    /** Characters of a stored value that are shown; a broken row must not make a record that no broker takes. */
    private static final int SHOWN = 4_000;

    public RejectedRow {
        Map<String, Object> shown = new LinkedHashMap<>();
        columns.forEach((name, value) -> shown.put(name, shown(value)));
        columns = Collections.unmodifiableMap(shown);
    }

    /** About how many bytes it takes. */
    public int weight() {
        return columns.values().stream().mapToInt(value -> value instanceof String text ? text.length() : Long.BYTES)
                .sum();
    }

    private static Object shown(Object value) {
        return switch (value) {
            case byte[] bytes ->
                shorten("x'" + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, SHOWN)) + "'");
            case String text -> shorten(text);
            default -> value;
        };
    }

    private static String shorten(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "… (" + text.length() + " characters)";
    }
}
