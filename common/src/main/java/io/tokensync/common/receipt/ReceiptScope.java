package io.tokensync.common.receipt;

import java.util.Objects;

import io.tokensync.common.model.ColumnLimits;
import io.tokensync.common.model.FieldCheck;
import io.tokensync.common.model.TokenRecord;

/**
 * What a receipt is about: one database in one session.
 *
 * @param sessionId the scan (UUID)
 * @param sourceIp the machine
 * @param nodeName the node
 * @param dbPath path of its database
 */
public record ReceiptScope(String sessionId, String sourceIp, String nodeName, String dbPath) {
    public ReceiptScope {
        Objects.requireNonNull(sessionId, "session_id");
        Objects.requireNonNull(sourceIp, "source_ip");
        Objects.requireNonNull(nodeName, "node_name");
        Objects.requireNonNull(dbPath, "db_path");
    }

    /** Looks at the fields. */
    void check(FieldCheck fields) {
        fields.uuid("session_id", sessionId);
        fields.printable("source_ip", sourceIp, ColumnLimits.SOURCE_IP);
        fields.text("node_name", nodeName, ColumnLimits.NODE_NAME);
        fields.text("db_path", dbPath, ColumnLimits.DB_PATH);
    }

    /** That of a record. */
    public static ReceiptScope of(TokenRecord record) {
        return new ReceiptScope(record.provenance().sessionId(), record.key().sourceIp(), record.key().nodeName(),
                record.provenance().dbPath());
    }
}
