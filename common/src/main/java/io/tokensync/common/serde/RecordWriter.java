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

/**
 * Writes records as JSON in UTF-8; the order of the fields is fixed, so that equal records are equal bytes. Half a surrogate
 * pair, which UTF-8 cannot hold, becomes U+FFFD. One that is kept writes records of one origin faster, because it keeps their
 * provenance. Not for several threads.
 */
public final class RecordWriter {
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final JsonBytes json = new JsonBytes();
    private Provenance written;
    private byte[] writtenJson;

    /** The record's value. */
    public byte[] write(TokenRecord record) {
        json.clear();
        json.raw('{');
        text(Fields.OPERATION, record.change() instanceof Change.Delete ? Fields.DELETE : Fields.UPSERT);
        identity(record.key());
        json.name(Fields.RECORD_VERSION).number(record.recordVersion());
        provenance(record.provenance());
        change(record.change());
        content(record.content());
        text(Fields.IPFS_API, record.ipfsApi());
        if (record.ipfsBlock() != null) {
            json.name(Fields.IPFS_BLOCK).binary(record.ipfsBlock().bytes());
        }
        if (record.essentialOnly()) {
            json.name(Fields.ESSENTIAL_ONLY).raw(TRUE);
        }
        return json.raw('}').from(0);
    }

    private void identity(TokenKey key) {
        text(Fields.SOURCE_IP, key.sourceIp());
        text(Fields.NODE_NAME, key.nodeName());
        text(Fields.TOKEN_ID, key.tokenId());
    }

    /** The agent gives all records of a database the same object. */
    @SuppressWarnings("ReferenceEquality")
    private void provenance(Provenance from) {
        if (from == written) {
            json.raw(writtenJson);
            return;
        }
        int start = json.length();
        text(Fields.SESSION_ID, from.sessionId());
        text(Fields.DB_PATH, from.dbPath());
        text(Fields.IPFS_PATH, from.ipfsPath());
        instant(Fields.DB_LAST_MODIFIED, from.dbLastModified());
        writtenJson = json.from(start);
        written = from;
    }

    private void change(Change change) {
        switch (change) {
            case Change.Upsert(TokenRow row) -> row(row);
            case Change.Delete(Instant deletedAt) -> instant(Fields.DELETED_AT, deletedAt);
        }
    }

    private void row(TokenRow row) {
        text(Fields.DID, row.did());
        text(Fields.TOKEN_STATUS, row.tokenStatus());
        text(Fields.TOKEN_VALUE, row.tokenValue());
        text(Fields.PARENT_TOKEN_ID, row.parentTokenId());
        text(Fields.TOKEN_KIND, row.tokenKind().code());
        instant(Fields.CREATED_AT, row.createdAt());
        instant(Fields.UPDATED_AT, row.updatedAt());
        text(Fields.TOKEN_STATE_HASH, row.tokenStateHash());
        text(Fields.TRANSACTION_ID, row.transactionId());
        validationErrors(row.validationErrors());
    }

    private void validationErrors(List<String> errors) {
        if (errors.isEmpty()) {
            return;
        }
        json.name(Fields.VALIDATION_ERRORS).raw('[').string(errors.getFirst());
        errors.stream().skip(1).forEach(error -> json.raw(',').string(error));
        json.raw(']');
    }

    private void content(Content content) {
        switch (content) {
            case Content.Absent _ -> {
            }
            case Content.Failed(long version, String error) -> {
                json.name(Fields.IPFS_FETCHED).raw(FALSE);
                text(Fields.IPFS_ERROR, error);
                json.name(Fields.CONTENT_VERSION).number(version);
            }
            case Content.Fetched(long version, String data, String source, String note, String info) -> {
                text(Fields.IPFS_DATA, data);
                json.name(Fields.IPFS_FETCHED).raw(TRUE);
                text(Fields.IPFS_ERROR, note);
                text(Fields.IPFS_SOURCE, source);
                text(Fields.IPFS_INFO, info);
                json.name(Fields.CONTENT_VERSION).number(version);
            }
        }
    }

    private void text(String field, String value) {
        if (value != null) {
            json.name(field).string(value);
        }
    }

    private void instant(String field, Instant value) {
        if (value != null) {
            json.name(field).string(InstantText.of(value));
        }
    }
}
