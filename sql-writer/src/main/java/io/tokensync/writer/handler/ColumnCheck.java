package io.tokensync.writer.handler;

import java.time.Instant;
import java.util.Optional;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.ColumnLimits;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.FieldCheck;
import io.tokensync.common.model.Provenance;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.model.Times;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.model.TokenTransaction;

/** Whether the columns of {@code TokenRecords} can hold a record; asked before the database is. */
final class ColumnCheck {
    private Violation found;

    /** Why a record does not fit: the reason and a sentence without the value. */
    record Violation(RejectionReason reason, String detail) {}

    private ColumnCheck() {}

    /** The first reason why this record cannot be a row; empty when it fits. */
    static Optional<Violation> check(TokenRecord record) {
        ColumnCheck fit = new ColumnCheck();
        fit.key(record.key());
        switch (record.change()) {
            case Change.Upsert(TokenRow row) -> fit.row(row);
            case Change.Delete(Instant deletedAt) -> fit.time("deleted_at", deletedAt);
        }
        fit.provenance(record.provenance());
        fit.content(record.content());
        return Optional.ofNullable(fit.found);
    }

    private void key(TokenKey key) {
        if (key.tokenId().length() > ColumnLimits.TOKEN_ID) {
            reject(RejectionReason.TOKEN_ID_TOO_LONG, tooLong("token_id", key.tokenId(), ColumnLimits.TOKEN_ID));
        }
        if (key.tokenId().endsWith(" ")) {
            reject(RejectionReason.TOKEN_ID_TRAILING_BLANK, "token_id ends in a blank, which SQL Server does not see");
        }
        noTrailingBlank("source_ip", key.sourceIp());
        noTrailingBlank("node_name", key.nodeName());
        text("source_ip", key.sourceIp(), ColumnLimits.SOURCE_IP);
        text("node_name", key.nodeName(), ColumnLimits.NODE_NAME);
    }

    private void row(TokenRow row) {
        text("did", row.did(), ColumnLimits.DID);
        text("token_status", row.tokenStatus(), ColumnLimits.TOKEN_STATUS);
        text("status_name", row.statusName(), ColumnLimits.STATUS_NAME);
        text("parent_token_id", row.parentTokenId(), ColumnLimits.PARENT_TOKEN_ID);
        text("token_state_hash", row.tokenStateHash(), ColumnLimits.TOKEN_STATE_HASH);
        text("transaction_id", row.transactionId(), ColumnLimits.TRANSACTION_ID);
        time("created_at", row.createdAt());
        time("updated_at", row.updatedAt());
        if (row.transaction() != null) {
            transaction(row.transaction());
        }
    }

    private void transaction(TokenTransaction it) {
        text("transaction_initiator", it.initiator(), ColumnLimits.TRANSACTION_INITIATOR);
        text("transaction_owner", it.owner(), ColumnLimits.TRANSACTION_OWNER);
        time("transaction_time", it.time());
    }

    private void provenance(Provenance from) {
        text("session_id", from.sessionId(), ColumnLimits.SESSION_ID);
        if (!FieldCheck.isUuid(from.sessionId())) {
            reject(RejectionReason.SQL_REJECTED, "session_id is not a UUID in full, which SyncSessions has for a key");
        }
        text("db_path", from.dbPath(), ColumnLimits.DB_PATH);
        text("ipfs_path", from.ipfsPath(), ColumnLimits.IPFS_PATH);
        time("db_last_modified", from.dbLastModified());
    }

    private void content(Content content) {
        switch (content) {
            case Content.Absent() -> {
            }
            case Content.Failed failed -> text("ipfs_error", failed.error(), ColumnLimits.IPFS_ERROR);
            case Content.Fetched fetched -> {
                text("ipfs_source", fetched.source(), ColumnLimits.IPFS_SOURCE);
                text("ipfs_error", fetched.note(), ColumnLimits.IPFS_ERROR);
                text("ipfs_info", fetched.info(), ColumnLimits.IPFS_INFO);
            }
        }
    }

    private void text(String column, String value, int limit) {
        if (value != null && value.length() > limit) {
            reject(RejectionReason.FIELD_TOO_LONG, tooLong(column, value, limit));
        }
    }

    private void time(String column, Instant value) {
        if (value != null && !Times.isWithinYears(value)) {
            reject(RejectionReason.SQL_REJECTED, column + " is not within the years 1 to 9999");
        }
    }

    private void noTrailingBlank(String column, String value) {
        if (value.endsWith(" ")) {
            reject(RejectionReason.SQL_REJECTED, column + " ends in a blank, which SQL Server does not see");
        }
    }

    private void reject(RejectionReason reason, String detail) {
        if (found == null) {
            found = new Violation(reason, detail);
        }
    }

    private static String tooLong(String column, String value, int limit) {
        return column + " has " + value.length() + " characters, its column holds " + limit;
    }
}
