package io.tokensync.common.serde;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.json.JsonFactory;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.IpfsBlock;
import io.tokensync.common.model.NodeGeneration;
import io.tokensync.common.model.Provenance;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenKind;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.model.TokenTransaction;
import io.tokensync.common.model.TransactionCheck;

/** Reads one record: first the fields in whatever order they come, then the record of them. */
final class RecordReader {
    private static final JsonFactory JSON = new JsonFactory();

    private final RecentTexts recent;
    private JsonParser json;
    private String field;

    private String operation;
    private String sourceIp;
    private String nodeName;
    private String tokenId;
    private Long recordVersion;
    private String sessionId;
    private String dbPath;
    private String ipfsPath;
    private Instant dbLastModified;
    private String did;
    private String tokenStatus;
    private String statusName;
    private String tokenValue;
    private String parentTokenId;
    private String tokenKind;
    private String nodeGeneration;
    private Instant createdAt;
    private Instant updatedAt;
    private String tokenStateHash;
    private String transactionId;
    private String transactionCheck;
    private String transactionInitiator;
    private String transactionOwner;
    private Instant transactionTime;
    private List<String> validationErrors = List.of();
    private Instant deletedAt;
    private String ipfsData;
    private boolean ipfsFetched;
    private String ipfsError;
    private String ipfsSource;
    private String ipfsInfo;
    private Long contentVersion;
    private String ipfsApi;
    private IpfsBlock ipfsBlock;
    private boolean essentialOnly;

    /** @param recent of the records before */
    RecordReader(RecentTexts recent) {
        this.recent = recent;
    }

    /** Reads the fields. */
    void read(byte[] bytes) throws UnreadableRecordException {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            json = parser;
            object();
        } catch (JacksonException _) {
            // Not with its message, which quotes the bytes.
            throw new UnreadableRecordException(where() + ": not the JSON of a record");
        }
    }

    /** The field that reading has come to. The parser looks at a value before it has said the name, save in nested ones. */
    private String where() {
        TokenStreamContext context = json == null ? null : json.streamReadContext();
        boolean top = context != null && context.getParent() != null && context.getParent().inRoot();
        String name = top ? context.currentName() : field;
        return name == null ? "record" : name;
    }

    /** The record of the fields that have been read. */
    TokenRecord toRecord() throws UnreadableRecordException {
        try {
            TokenKey key = new TokenKey(required(Fields.SOURCE_IP, sourceIp), required(Fields.NODE_NAME, nodeName),
                    required(Fields.TOKEN_ID, tokenId));
            Provenance provenance = new Provenance(required(Fields.SESSION_ID, sessionId),
                    required(Fields.DB_PATH, dbPath), ipfsPath, required(Fields.DB_LAST_MODIFIED, dbLastModified));
            return new TokenRecord(key, required(Fields.RECORD_VERSION, recordVersion), recent.of(provenance), change(),
                    content(), ipfsBlock, ipfsApi, essentialOnly);
        } catch (IllegalArgumentException e) {
            // The model's own rejections; they name the field.
            throw new UnreadableRecordException(e.getMessage());
        }
    }

    private void value() throws UnreadableRecordException {
        switch (field) {
            case Fields.OPERATION -> operation = text();
            case Fields.SOURCE_IP -> sourceIp = repeated();
            case Fields.NODE_NAME -> nodeName = repeated();
            case Fields.TOKEN_ID -> tokenId = text();
            case Fields.RECORD_VERSION -> recordVersion = number();
            case Fields.SESSION_ID -> sessionId = repeated();
            case Fields.DB_PATH -> dbPath = repeated();
            case Fields.IPFS_PATH -> ipfsPath = repeated();
            case Fields.DB_LAST_MODIFIED -> dbLastModified = instant();
            case Fields.DELETED_AT -> deletedAt = instant();
            default -> rowValue();
        }
    }

    private void rowValue() throws UnreadableRecordException {
        switch (field) {
            case Fields.DID -> did = repeated();
            case Fields.TOKEN_STATUS -> tokenStatus = repeated();
            case Fields.STATUS_NAME -> statusName = repeated();
            case Fields.TOKEN_VALUE -> tokenValue = repeated();
            case Fields.PARENT_TOKEN_ID -> parentTokenId = text();
            case Fields.TOKEN_KIND -> tokenKind = text();
            case Fields.NODE_GENERATION -> nodeGeneration = text();
            case Fields.CREATED_AT -> createdAt = instant();
            case Fields.UPDATED_AT -> updatedAt = instant();
            case Fields.TOKEN_STATE_HASH -> tokenStateHash = text();
            case Fields.VALIDATION_ERRORS -> validationErrors = texts();
            default -> transactionValue();
        }
    }

    private void transactionValue() throws UnreadableRecordException {
        switch (field) {
            case Fields.TRANSACTION_ID -> transactionId = text();
            case Fields.TRANSACTION_CHECK -> transactionCheck = text();
            case Fields.TRANSACTION_INITIATOR -> transactionInitiator = text();
            case Fields.TRANSACTION_OWNER -> transactionOwner = text();
            case Fields.TRANSACTION_TIME -> transactionTime = instant();
            default -> contentValue();
        }
    }

    private void contentValue() throws UnreadableRecordException {
        switch (field) {
            case Fields.IPFS_DATA -> ipfsData = text();
            case Fields.IPFS_FETCHED -> ipfsFetched = flag();
            case Fields.IPFS_ERROR -> ipfsError = text();
            case Fields.IPFS_SOURCE -> ipfsSource = repeated();
            case Fields.IPFS_INFO -> ipfsInfo = text();
            case Fields.CONTENT_VERSION -> contentVersion = number();
            case Fields.IPFS_API -> ipfsApi = repeated();
            case Fields.IPFS_BLOCK -> ipfsBlock = block();
            case Fields.ESSENTIAL_ONLY -> essentialOnly = flag();
            default -> json.skipChildren();
        }
    }

    private void object() throws UnreadableRecordException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new UnreadableRecordException("record: not a JSON object");
        }
        for (field = json.nextName(); field != null; field = json.nextName()) {
            json.nextToken();
            value();
        }
        if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
            throw new UnreadableRecordException("record: text behind the end of the JSON object");
        }
    }

    private Change change() throws UnreadableRecordException {
        return switch (required(Fields.OPERATION, operation)) {
            case Fields.UPSERT -> new Change.Upsert(new TokenRow(did, tokenStatus, statusName, tokenValue,
                    parentTokenId, kind(), generation(), createdAt, updatedAt, tokenStateHash, transactionId,
                    transaction(), validationErrors));
            case Fields.DELETE -> new Change.Delete(required(Fields.DELETED_AT, deletedAt));
            default -> throw new UnreadableRecordException(Fields.OPERATION + ": neither upsert nor delete");
        };
    }

    private TokenKind kind() throws UnreadableRecordException {
        return TokenKind.of(required(Fields.TOKEN_KIND, tokenKind))
                .orElseThrow(() -> new UnreadableRecordException(Fields.TOKEN_KIND + ": not a known kind"));
    }

    private NodeGeneration generation() throws UnreadableRecordException {
        return NodeGeneration.of(required(Fields.NODE_GENERATION, nodeGeneration)).orElseThrow(
                () -> new UnreadableRecordException(Fields.NODE_GENERATION + ": not a known generation"));
    }

    /** None without any of its fields; what it says is worth nothing without what it proves. */
    private TokenTransaction transaction() throws UnreadableRecordException {
        if (transactionCheck == null && transactionInitiator == null && transactionOwner == null
                && transactionTime == null) {
            return null;
        }
        TransactionCheck check = TransactionCheck.of(required(Fields.TRANSACTION_CHECK, transactionCheck))
                .orElseThrow(() -> new UnreadableRecordException(Fields.TRANSACTION_CHECK + ": not a known result"));
        return new TokenTransaction(check, transactionInitiator, transactionOwner, transactionTime);
    }

    private Content content() throws UnreadableRecordException {
        if (ipfsFetched) {
            return new Content.Fetched(required(Fields.CONTENT_VERSION, contentVersion),
                    required(Fields.IPFS_DATA, ipfsData), required(Fields.IPFS_SOURCE, ipfsSource), ipfsError,
                    ipfsInfo);
        }
        return ipfsError == null
                ? Content.absent()
                : new Content.Failed(required(Fields.CONTENT_VERSION, contentVersion), ipfsError);
    }

    private static <T> T required(String name, T value) throws UnreadableRecordException {
        if (value == null) {
            throw new UnreadableRecordException(name + ": missing");
        }
        return value;
    }

    private String text() throws UnreadableRecordException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> json.getString();
            case VALUE_NULL -> null;
            default -> throw illTyped("text");
        };
    }

    /** A text that is likely to be that of the record before. */
    private String repeated() throws UnreadableRecordException {
        return recent.of(field, text());
    }

    private Long number() throws UnreadableRecordException {
        return switch (json.currentToken()) {
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_NULL -> null;
            default -> throw illTyped("whole number");
        };
    }

    private boolean flag() throws UnreadableRecordException {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE, VALUE_NULL -> false;
            default -> throw illTyped("true or false");
        };
    }

    private Instant instant() throws UnreadableRecordException {
        String text = text();
        try {
            return text == null ? null : InstantText.parse(text);
        } catch (DateTimeException _) {
            throw illTyped("time in ISO 8601");
        }
    }

    private List<String> texts() throws UnreadableRecordException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return List.of();
        }
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw illTyped("list of texts");
        }
        List<String> texts = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                throw illTyped("list of texts");
            }
            texts.add(json.getString());
        }
        return texts;
    }

    private IpfsBlock block() throws UnreadableRecordException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> new IpfsBlock(json.getBinaryValue());
            case VALUE_NULL -> null;
            default -> throw illTyped("text in Base64");
        };
    }

    private UnreadableRecordException illTyped(String expected) {
        return new UnreadableRecordException(field + ": not a " + expected);
    }
}
