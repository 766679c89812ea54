package io.tokensync.common.serde;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.Provenance;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.model.TokenTransaction;
import io.tokensync.common.serde.JsonBytes.Name;

/**
 * Writes records as JSON in UTF-8; the order of the fields is fixed, so that equal records are equal bytes. Half a surrogate
 * pair, which UTF-8 cannot hold, becomes U+FFFD. One that is kept writes records of one origin faster, because it keeps their
 * provenance. Not for several threads.
 */
public final class RecordWriter {
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private static final Name OPERATION = new Name(Fields.OPERATION);
    private static final Name RECORD_VERSION = new Name(Fields.RECORD_VERSION);
    private static final Name IPFS_API = new Name(Fields.IPFS_API);
    private static final Name IPFS_BLOCK = new Name(Fields.IPFS_BLOCK);
    private static final Name ESSENTIAL_ONLY = new Name(Fields.ESSENTIAL_ONLY);
    private static final Name SOURCE_IP = new Name(Fields.SOURCE_IP);
    private static final Name NODE_NAME = new Name(Fields.NODE_NAME);
    private static final Name TOKEN_ID = new Name(Fields.TOKEN_ID);
    private static final Name SESSION_ID = new Name(Fields.SESSION_ID);
    private static final Name DB_PATH = new Name(Fields.DB_PATH);
    private static final Name IPFS_PATH = new Name(Fields.IPFS_PATH);
    private static final Name DB_LAST_MODIFIED = new Name(Fields.DB_LAST_MODIFIED);
    private static final Name DELETED_AT = new Name(Fields.DELETED_AT);
    private static final Name DID = new Name(Fields.DID);
    private static final Name TOKEN_STATUS = new Name(Fields.TOKEN_STATUS);
    private static final Name STATUS_NAME = new Name(Fields.STATUS_NAME);
    private static final Name TOKEN_VALUE = new Name(Fields.TOKEN_VALUE);
    private static final Name PARENT_TOKEN_ID = new Name(Fields.PARENT_TOKEN_ID);
    private static final Name TOKEN_KIND = new Name(Fields.TOKEN_KIND);
    private static final Name NODE_GENERATION = new Name(Fields.NODE_GENERATION);
    private static final Name CREATED_AT = new Name(Fields.CREATED_AT);
    private static final Name UPDATED_AT = new Name(Fields.UPDATED_AT);
    private static final Name TOKEN_STATE_HASH = new Name(Fields.TOKEN_STATE_HASH);
    private static final Name TRANSACTION_ID = new Name(Fields.TRANSACTION_ID);
    private static final Name TRANSACTION_CHECK = new Name(Fields.TRANSACTION_CHECK);
    private static final Name TRANSACTION_INITIATOR = new Name(Fields.TRANSACTION_INITIATOR);
    private static final Name TRANSACTION_OWNER = new Name(Fields.TRANSACTION_OWNER);
    private static final Name TRANSACTION_TIME = new Name(Fields.TRANSACTION_TIME);
    private static final Name VALIDATION_ERRORS = new Name(Fields.VALIDATION_ERRORS);
    private static final Name IPFS_FETCHED = new Name(Fields.IPFS_FETCHED);
    private static final Name IPFS_ERROR = new Name(Fields.IPFS_ERROR);
    private static final Name CONTENT_VERSION = new Name(Fields.CONTENT_VERSION);
    private static final Name IPFS_DATA = new Name(Fields.IPFS_DATA);
    private static final Name IPFS_SOURCE = new Name(Fields.IPFS_SOURCE);
    private static final Name IPFS_INFO = new Name(Fields.IPFS_INFO);

    private final JsonBytes json = new JsonBytes();
    private Provenance written;
    private byte[] writtenJson;

    /** The record's value. */
    public byte[] write(TokenRecord record) {
        json.clear();
        json.raw('{');
        text(OPERATION, record.change() instanceof Change.Delete ? Fields.DELETE : Fields.UPSERT);
        identity(record.key());
        json.name(RECORD_VERSION).number(record.recordVersion());
        provenance(record.provenance());
        change(record.change());
        content(record.content());
        text(IPFS_API, record.ipfsApi());
        if (record.ipfsBlock() != null) {
            json.name(IPFS_BLOCK).binary(record.ipfsBlock().bytes());
        }
        if (record.essentialOnly()) {
            json.name(ESSENTIAL_ONLY).raw(TRUE);
        }
        return json.raw('}').from(0);
    }

    private void identity(TokenKey key) {
        text(SOURCE_IP, key.sourceIp());
        text(NODE_NAME, key.nodeName());
        text(TOKEN_ID, key.tokenId());
    }

    /** That of the record before: the agent gives all records of a database the same object, and a reader an equal one. */
    private void provenance(Provenance from) {
        if (from.equals(written)) {
            json.raw(writtenJson);
            return;
        }
        int start = json.length();
        text(SESSION_ID, from.sessionId());
        text(DB_PATH, from.dbPath());
        text(IPFS_PATH, from.ipfsPath());
        instant(DB_LAST_MODIFIED, from.dbLastModified());
        writtenJson = json.from(start);
        written = from;
    }

    private void change(Change change) {
        switch (change) {
            case Change.Upsert(TokenRow row) -> row(row);
            case Change.Delete(Instant deletedAt) -> instant(DELETED_AT, deletedAt);
        }
    }

    private void row(TokenRow row) {
        text(DID, row.did());
        text(TOKEN_STATUS, row.tokenStatus());
        text(STATUS_NAME, row.statusName());
        text(TOKEN_VALUE, row.tokenValue());
        text(PARENT_TOKEN_ID, row.parentTokenId());
        text(TOKEN_KIND, row.tokenKind().code());
        text(NODE_GENERATION, row.generation().code());
        instant(CREATED_AT, row.createdAt());
        instant(UPDATED_AT, row.updatedAt());
        text(TOKEN_STATE_HASH, row.tokenStateHash());
        text(TRANSACTION_ID, row.transactionId());
        transaction(row.transaction());
        validationErrors(row.validationErrors());
    }

    private void transaction(TokenTransaction transaction) {
        if (transaction != null) {
            text(TRANSACTION_CHECK, transaction.check().code());
            text(TRANSACTION_INITIATOR, transaction.initiator());
            text(TRANSACTION_OWNER, transaction.owner());
            instant(TRANSACTION_TIME, transaction.time());
        }
    }

    private void validationErrors(List<String> errors) {
        if (errors.isEmpty()) {
            return;
        }
        json.name(VALIDATION_ERRORS).raw('[').string(errors.getFirst());
        errors.stream().skip(1).forEach(error -> json.raw(',').string(error));
        json.raw(']');
    }

    private void content(Content content) {
        switch (content) {
            case Content.Absent _ -> {
            }
            case Content.Failed(long version, String error) -> {
                json.name(IPFS_FETCHED).raw(FALSE);
                text(IPFS_ERROR, error);
                json.name(CONTENT_VERSION).number(version);
            }
            case Content.Fetched(long version, String data, String source, String note, String info) -> {
                text(IPFS_DATA, data);
                json.name(IPFS_FETCHED).raw(TRUE);
                text(IPFS_ERROR, note);
                text(IPFS_SOURCE, source);
                text(IPFS_INFO, info);
                json.name(CONTENT_VERSION).number(version);
            }
        }
    }

    private void text(Name field, String value) {
        if (value != null) {
            json.name(field).string(value);
        }
    }

    private void instant(Name field, Instant value) {
        if (value != null) {
            json.name(field).string(InstantText.of(value));
        }
    }
}
