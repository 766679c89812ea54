package io.tokensync.scanner.publish;

import java.util.Map;

import io.tokensync.common.model.RefusalReason;

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
 * @param columns the stored values by the node's names
 */
public record RefusedRow(String sourceIp, String nodeName, String dbPath, String sessionId, String table, long rowid,
        RefusalReason reason, String detail, Map<String, Object> columns) {}
