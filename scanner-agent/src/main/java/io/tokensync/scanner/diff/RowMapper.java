package io.tokensync.scanner.diff;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.tokensync.common.model.ColumnLimits;
import io.tokensync.common.model.NodeGeneration;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.model.TokenKind;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.model.ValidationCode;
import io.tokensync.ipfs.Cid;
import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.TokenColumn;
import io.tokensync.scanner.source.UnreadValue;

/**
 * Makes the table's row of a stored one. What is wrong is kept and noted; only what does not fit is rejected. Not for
 * several threads.
 */
final class RowMapper {
    private static final String DID_PREFIX = "bafybmi";
    /** The column holds any length; a record must stay below what brokers take, a megabyte by default. */
    private static final int LONGEST_VALUE = 100_000;

    /** Behind them the number of a part, of a part of it, and so on. */
    private static final Pattern LEVEL_AND_NUMBER = Pattern.compile("[0-9]{1,5}_[0-9]{1,9}(?:_[0-9]{1,9})*");

    private static final Pattern FUNGIBLE = Pattern.compile(".+_[0-9]+_" + DID_PREFIX + "[a-z2-7]{52}");

    /** Columns whose text the table holds. */
    private static final TokenColumn[] HELD = {TokenColumn.DID, TokenColumn.PARENT_TOKEN_ID, TokenColumn.TOKEN_STATUS,
            TokenColumn.TOKEN_VALUE, TokenColumn.TOKEN_STATE_HASH, TokenColumn.TRANSACTION_ID};

    /** A node has few owners, and looking at one character by character costs as much as the rest of the mapping. */
    private String lastDid = "";

    /** Maps a row whose id {@link TokenIdValidator} has accepted. */
    MappedRow map(RawRow row) {
        Rejection unread = unread(row);
        return unread == null ? mapped(row) : new MappedRow.Rejected(unread);
    }

    private MappedRow mapped(RawRow row) {
        NodeGeneration generation = row.table().generation();
        String did = StoredValue.text(row.value(TokenColumn.DID));
        String parent = StoredValue.text(row.value(TokenColumn.PARENT_TOKEN_ID));
        String status = StoredValue.shown(row.value(TokenColumn.TOKEN_STATUS));
        String stateHash = StoredValue.text(row.value(TokenColumn.TOKEN_STATE_HASH));
        String transactionId = StoredValue.text(row.value(TokenColumn.TRANSACTION_ID));
        Object storedValue = row.value(TokenColumn.TOKEN_VALUE);
        String value = StoredValue.shown(storedValue);
        Rejection tooLong = tooLong(did, parent, status, stateHash, transactionId);
        tooLong = tooLong != null ? tooLong : tooLong(TokenColumn.TOKEN_VALUE, value, LONGEST_VALUE);
        if (tooLong != null) {
            return new MappedRow.Rejected(tooLong);
        }
        List<String> errors = new ArrayList<>(0);
        note(errors, isTokenId(generation, row.id()), ValidationCode.TOKEN_ID_MALFORMED, row.id());
        boolean noDid = did == null && row.table().lacks(TokenColumn.DID);
        note(errors, noDid || isDid(did), ValidationCode.DID_MALFORMED, did);
        note(errors, isParent(generation, parent), ValidationCode.PARENT_TOKEN_ID_MALFORMED, parent);
        String statusName = StoredValue.statusName(row);
        // A column that the schema lacks is not wrong.
        note(errors, status == null || statusName != null, ValidationCode.TOKEN_STATUS_UNKNOWN, status);
        note(errors, StoredValue.isKnownValue(storedValue), ValidationCode.TOKEN_VALUE_MALFORMED, value);
        Instant created = time(errors, row.value(TokenColumn.CREATED_AT), ValidationCode.CREATED_AT_MALFORMED);
        Instant updated = time(errors, row.value(TokenColumn.UPDATED_AT), ValidationCode.UPDATED_AT_MALFORMED);
        return new MappedRow.Accepted(new TokenRow(lastDid.equals(did) ? lastDid : did, status, statusName, value,
                parent, kind(row, parent, storedValue), generation, created, updated, stateHash, transactionId,
                row.transaction(), errors));
    }

    /** The rejection of a row with a value that was too long to be read; times are null then, as all that are malformed. */
    private static Rejection unread(RawRow row) {
        for (TokenColumn column : HELD) {
            if (row.value(column) instanceof UnreadValue(long bytes)) {
                return new Rejection(RejectionReason.FIELD_TOO_LONG,
                        column + " has " + bytes + " bytes, more than are read of any");
            }
        }
        return null;
    }

    private static Rejection tooLong(String did, String parent, String status, String stateHash, String transactionId) {
        Rejection rejection = tooLong(TokenColumn.DID, did, ColumnLimits.DID);
        rejection = rejection != null
                ? rejection
                : tooLong(TokenColumn.PARENT_TOKEN_ID, parent, ColumnLimits.PARENT_TOKEN_ID);
        rejection = rejection != null
                ? rejection
                : tooLong(TokenColumn.TOKEN_STATUS, status, ColumnLimits.TOKEN_STATUS);
        rejection = rejection != null
                ? rejection
                : tooLong(TokenColumn.TOKEN_STATE_HASH, stateHash, ColumnLimits.TOKEN_STATE_HASH);
        return rejection != null
                ? rejection
                : tooLong(TokenColumn.TRANSACTION_ID, transactionId, ColumnLimits.TRANSACTION_ID);
    }

    private static Rejection tooLong(TokenColumn column, String text, int limit) {
        return text == null || text.length() <= limit
                ? null
                : new Rejection(RejectionReason.FIELD_TOO_LONG,
                        column + " has " + text.length() + " characters, the limit is " + limit);
    }

    private static void note(List<String> errors, boolean right, ValidationCode code, Object shown) {
        if (!right) {
            errors.add(code.describe(shown));
        }
    }

    private static Instant time(List<String> errors, Object stored, ValidationCode code) {
        return switch (NodeTime.of(stored)) {
            case NodeTime.Known(Instant instant) -> instant;
            case NodeTime.Never _ -> null;
            case NodeTime.Malformed _ -> {
                errors.add(code.describe(StoredValue.shown(stored)));
                yield null;
            }
        };
    }

    private boolean isDid(String did) {
        boolean known = lastDid.equals(did);
        if (!known && isNewDid(did)) {
            lastDid = did;
            return true;
        }
        return known;
    }

    private static boolean isNewDid(String did) {
        if (did == null || did.length() != Cid.V1_LENGTH || !did.startsWith(DID_PREFIX)) {
            return false;
        }
        boolean base32 = true;
        for (int i = DID_PREFIX.length(); base32 && i < did.length(); i++) {
            char c = did.charAt(i);
            base32 = (c >= 'a' && c <= 'z') || (c >= '2' && c <= '7');
        }
        return base32;
    }

    /**
     * Before v1 it is a CID. Of v1 it is level and number of a whole token or a part, and of a fungible token its name,
     * number and maker.
     */
    private static boolean isTokenId(NodeGeneration generation, String id) {
        return Cid.isV0(id) || (generation == NodeGeneration.V1
                && (LEVEL_AND_NUMBER.matcher(id).matches() || FUNGIBLE.matcher(id).matches()));
    }

    /** The node joins the parents of a fungible token by commas. */
    private static boolean isParent(NodeGeneration generation, String parent) {
        if (parent == null) {
            return true;
        }
        for (String id : parent.split(",", -1)) {
            if (!isTokenId(generation, id)) {
                return false;
            }
        }
        return true;
    }

    /** By the name of its type; what has none that is known is an RBT token when its id is one's. */
    private static TokenKind kindOfV1(RawRow row, String parent, Object value) {
        return switch (StoredValue.text(row.value(TokenColumn.TOKEN_TYPE))) {
            case "ft" -> TokenKind.FT;
            case "nft" -> TokenKind.NFT;
            case "smart_contract" -> TokenKind.CONTRACT;
            case "rbt" -> rbt(parent, value);
            case null, default -> LEVEL_AND_NUMBER.matcher(row.id()).matches() ? rbt(parent, value) : TokenKind.DATA;
        };
    }

    private static TokenKind rbt(String parent, Object value) {
        return parent != null || StoredValue.isPartValue(value) ? TokenKind.PART : TokenKind.WHOLE;
    }

    private static TokenKind kind(RawRow row, String parent, Object value) {
        return switch (row.table()) {
            case TOKENS, FULL_NODE_TOKENS, V1_FULL_NODE_RBT -> rbt(parent, value);
            case FT, FULL_NODE_FT, V1_FULL_NODE_FT -> TokenKind.FT;
            case NFT, FULL_NODE_NFT, V1_FULL_NODE_NFT -> TokenKind.NFT;
            case CONTRACT, FULL_NODE_CONTRACT, V1_FULL_NODE_CONTRACT -> TokenKind.CONTRACT;
            case DATA -> TokenKind.DATA;
            case V1_TOKENS -> kindOfV1(row, parent, value);
        };
    }
}
