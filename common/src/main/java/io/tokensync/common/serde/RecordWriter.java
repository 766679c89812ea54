package io.tokensync.common.serde;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.Provenance;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenRow;

/** Writes one record; the order of the fields is fixed, so that equal records are equal bytes. */
final class RecordWriter {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int USUAL_SIZE = 768;
    private static final int REPLACEMENT = 0xFFFD;

    private JsonGenerator json;

    byte[] write(TokenRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json = generator;
            json.writeStartObject();
            text(Fields.OPERATION, record.change() instanceof Change.Delete ? Fields.DELETE : Fields.UPSERT);
            identity(record.key());
            json.writeNumberProperty(Fields.RECORD_VERSION, record.recordVersion());
            provenance(record.provenance());
            change(record.change());
            content(record.content());
            text(Fields.IPFS_API, record.ipfsApi());
            if (record.ipfsBlock() != null) {
                json.writeBinaryProperty(Fields.IPFS_BLOCK, record.ipfsBlock().bytes());
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private void identity(TokenKey key) {
        text(Fields.SOURCE_IP, key.sourceIp());
        text(Fields.NODE_NAME, key.nodeName());
        text(Fields.TOKEN_ID, key.tokenId());
    }

    private void provenance(Provenance from) {
        text(Fields.SESSION_ID, from.sessionId());
        text(Fields.DB_PATH, from.dbPath());
        text(Fields.IPFS_PATH, from.ipfsPath());
        instant(Fields.DB_LAST_MODIFIED, from.dbLastModified());
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
        json.writeArrayPropertyStart(Fields.VALIDATION_ERRORS);
        errors.forEach(error -> json.writeString(wellFormed(error)));
        json.writeEndArray();
    }

    private void content(Content content) {
        switch (content) {
            case Content.Absent _ -> {
            }
            case Content.Failed(long version, String error) -> {
                json.writeBooleanProperty(Fields.IPFS_FETCHED, false);
                text(Fields.IPFS_ERROR, error);
                json.writeNumberProperty(Fields.CONTENT_VERSION, version);
            }
            case Content.Fetched(long version, String data, String source, String note, String info) -> {
                text(Fields.IPFS_DATA, data);
                json.writeBooleanProperty(Fields.IPFS_FETCHED, true);
                text(Fields.IPFS_ERROR, note);
                text(Fields.IPFS_SOURCE, source);
                text(Fields.IPFS_INFO, info);
                json.writeNumberProperty(Fields.CONTENT_VERSION, version);
            }
        }
    }

    private void text(String field, String value) {
        if (value != null) {
            json.writeStringProperty(field, wellFormed(value));
        }
    }

    private void instant(String field, Instant value) {
        if (value != null) {
            json.writeStringProperty(field, InstantText.of(value));
        }
    }

    /** The generator refuses some halves of surrogate pairs and lets others through; none may reach the topic. */
    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return withoutHalfPairs(text);
            }
        }
        return text;
    }

    private static String withoutHalfPairs(String text) {
        return text.codePoints().map(c -> c <= Character.MAX_VALUE && Character.isSurrogate((char) c) ? REPLACEMENT : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }
}
