package io.tokensync.writer.jdbc;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import tools.jackson.databind.json.JsonMapper;

import io.tokensync.common.model.Content;
import io.tokensync.common.model.Provenance;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.model.TokenState;
import io.tokensync.common.model.TokenTransaction;

/**
 * The columns of what is staged, named as in {@code TokenRecords}, each with the value it takes from a row.
 * A state without a row has version 0 and NULLs there, one without a deletion likewise; a row without fields has NULLs for them.
 */
enum StagingColumn {
    SOURCE_IP(Type.TEXT, 45, ofState(state -> state.key().sourceIp())),
    NODE_NAME(Type.TEXT, 255, ofState(state -> state.key().nodeName())),
    TOKEN_ID(Type.TEXT, 500, ofState(state -> state.key().tokenId())),
    DID(Type.TEXT, 1000, ofRow(TokenRow::did)),
    CREATED_AT(Type.TIME, 0, ofRow(row -> utc(row.createdAt()))),
    UPDATED_AT(Type.TIME, 0, ofRow(row -> utc(row.updatedAt()))),
    TOKEN_STATUS(Type.TEXT, 50, ofRow(TokenRow::tokenStatus)),
    PARENT_TOKEN_ID(Type.TEXT, 500, ofRow(TokenRow::parentTokenId)),
    TOKEN_VALUE(Type.LONG_TEXT, 0, ofRow(TokenRow::tokenValue)),
    TOKEN_KIND(Type.TEXT, 20, ofRow(row -> row.tokenKind().code())),
    STATUS_NAME(Type.TEXT, 50, ofRow(TokenRow::statusName)),
    NODE_GENERATION(Type.TEXT, 20, ofRow(row -> row.generation().code())),
    TOKEN_STATE_HASH(Type.TEXT, 500, ofRow(TokenRow::tokenStateHash)),
    TRANSACTION_ID(Type.TEXT, 500, ofRow(TokenRow::transactionId)),
    TRANSACTION_CHECK(Type.TEXT, 20, ofTransaction(it -> it.check().code())),
    TRANSACTION_INITIATOR(Type.TEXT, 1000, ofTransaction(TokenTransaction::initiator)),
    TRANSACTION_OWNER(Type.TEXT, 1000, ofTransaction(TokenTransaction::owner)),
    TRANSACTION_TIME(Type.TIME, 0, ofTransaction(it -> utc(it.time()))),
    VALIDATION_ERRORS(Type.LONG_TEXT, 0, ofRow(row -> json(row.validationErrors()))),
    SESSION_ID(Type.TEXT, 36, ofProvenance(Provenance::sessionId)),
    DB_PATH(Type.TEXT, 500, ofProvenance(Provenance::dbPath)),
    IPFS_PATH(Type.TEXT, 500, ofProvenance(Provenance::ipfsPath)),
    DB_LAST_MODIFIED(Type.TIME, 0, ofProvenance(from -> utc(from.dbLastModified()))),
    RECORD_VERSION(Type.NUMBER, 0, ofState(state -> state.row() == null ? 0L : state.row().version())),
    ROW_HASH(Type.NUMBER, 0, ofState(state -> state.row() == null ? 0L : state.row().digest())),
    DELETED_VERSION(Type.NUMBER, 0, ofState(state -> state.deletion() == null ? 0L : state.deletion().version())),
    DELETED_AT(Type.TIME, 0, ofState(state -> state.deletion() == null ? null : utc(state.deletion().deletedAt()))),
    IPFS_DATA(Type.LONG_TEXT, 0, ofState(state -> state.content() instanceof Content.Fetched it ? it.data() : null)),
    IPFS_FETCHED(Type.FLAG, 0, ofState(state -> state.content() instanceof Content.Fetched)),
    IPFS_ERROR(Type.TEXT, 1000, ofState(state -> ipfsError(state.content()))),
    IPFS_SOURCE(Type.TEXT, 50, ofState(state -> state.content() instanceof Content.Fetched it ? it.source() : null)),
    IPFS_INFO(Type.TEXT, 1000, ofState(state -> state.content() instanceof Content.Fetched it ? it.info() : null)),
    CONTENT_VERSION(Type.NUMBER, 0, ofState(state -> state.content().version())),
    CONTENT_HASH(Type.NUMBER, 0, StagedRow::contentHash),
    /** Not of the table: whom the row is counted for. */
    ORIGIN(Type.NUMBER, 0, row -> (long) row.origin()),
    /** Not of the table: its place in the batch. */
    PLACE(Type.NUMBER, 0, row -> (long) row.number()),
    /** Not of the table: what is compared in the place of the content's columns. */
    CONTENT_RANK(Type.NUMBER, 0, ofState(state -> (long) state.content().rank())),
    /** Not of TokenRecords: when the token was gone, of a version that says so; see {@link StagedVersions}. */
    GONE_AT(Type.TIME, 0, ofState(state -> isGone(state) ? utc(state.deletion().deletedAt()) : null));

    /** A row that may have to be written, and whom it is counted for. */
    static final List<StagingColumn> WHOLE = List.copyOf(EnumSet.range(SOURCE_IP, ORIGIN));
    /** What tells whether a row is to be written: its key, what orders its registers, and its place. */
    static final List<StagingColumn> NARROW = List.of(SOURCE_IP, NODE_NAME, TOKEN_ID, RECORD_VERSION, ROW_HASH,
            DELETED_VERSION, DELETED_AT, CONTENT_RANK, CONTENT_VERSION, CONTENT_HASH, PLACE);

    /** What the history has of a version that is not staged whole. */
    static final List<StagingColumn> HISTORY = List.of(SOURCE_IP, NODE_NAME, TOKEN_ID, DID, CREATED_AT, UPDATED_AT,
            TOKEN_STATUS, PARENT_TOKEN_ID, TOKEN_VALUE, TOKEN_KIND, STATUS_NAME, NODE_GENERATION, TOKEN_STATE_HASH,
            TRANSACTION_ID, SESSION_ID, DB_LAST_MODIFIED, RECORD_VERSION, ROW_HASH, IPFS_FETCHED, CONTENT_HASH,
            GONE_AT);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final String column = name().toLowerCase(Locale.ROOT);
    private final Type type;
    private final int length;
    @SuppressWarnings("ImmutableEnumChecker") // the functions above keep no state
    private final Function<StagedRow, Object> value;

    /** The types of the stage's values: String, String, Long, Boolean, LocalDateTime in UTC. */
    enum Type {
        TEXT,
        LONG_TEXT,
        NUMBER,
        FLAG,
        TIME
    }

    StagingColumn(Type type, int length, Function<StagedRow, Object> value) {
        this.type = type;
        this.length = length;
        this.value = value;
    }

    String column() {
        return column;
    }

    Type type() {
        return type;
    }

    /** Characters that a {@link Type#TEXT} holds; 0 for the other types. */
    int length() {
        return length;
    }

    /** The column's value for this row, or null. */
    Object of(StagedRow row) {
        return value.apply(row);
    }

    private static Function<StagedRow, Object> ofState(Function<TokenState, Object> field) {
        return row -> field.apply(row.state());
    }

    private static Function<StagedRow, Object> ofRow(Function<TokenRow, Object> field) {
        return row -> {
            TokenState.Row known = row.state().row();
            return known == null || known.fields() == null ? null : field.apply(known.fields());
        };
    }

    private static Function<StagedRow, Object> ofTransaction(Function<TokenTransaction, Object> field) {
        return row -> {
            TokenState.Row known = row.state().row();
            return known == null || known.fields() == null || known.fields().transaction() == null
                    ? null
                    : field.apply(known.fields().transaction());
        };
    }

    private static Function<StagedRow, Object> ofProvenance(Function<Provenance, Object> field) {
        return row -> {
            TokenState.Row known = row.state().row();
            return known == null ? null : field.apply(known.provenance());
        };
    }

    private static boolean isGone(TokenState state) {
        return state.row() != null && state.row().fields() == null;
    }

    private static String ipfsError(Content content) {
        return switch (content) {
            case Content.Absent() -> null;
            case Content.Failed failed -> failed.error();
            case Content.Fetched fetched -> fetched.note();
        };
    }

    private static String json(List<String> texts) {
        return texts.isEmpty() ? null : JSON.writeValueAsString(texts);
    }

    private static LocalDateTime utc(Instant instant) {
        return instant == null ? null : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
