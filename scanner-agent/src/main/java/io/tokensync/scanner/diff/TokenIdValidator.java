package io.tokensync.scanner.diff;

import io.tokensync.common.model.ColumnLimits;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.TokenColumn;
import io.tokensync.scanner.source.UnreadValue;

/** Which rows have no identity that the table can hold. Ids are never trimmed or otherwise repaired. */
final class TokenIdValidator {
    private TokenIdValidator() {}

    /** The rejection; null when the id can be the row's identity, if no other row has it. */
    static Rejection check(RawRow row) {
        if (!row.idIsText()) {
            return notText(row.value(TokenColumn.TOKEN_ID));
        }
        String id = row.id();
        if (id.isBlank()) {
            return new Rejection(RejectionReason.TOKEN_ID_MISSING, id.isEmpty() ? "empty" : "blank");
        }
        if (id.length() > ColumnLimits.TOKEN_ID) {
            return new Rejection(RejectionReason.TOKEN_ID_TOO_LONG,
                    id.length() + " characters, the column holds " + ColumnLimits.TOKEN_ID);
        }
        if (id.charAt(id.length() - 1) == ' ') {
            return new Rejection(RejectionReason.TOKEN_ID_TRAILING_BLANK, "ends in a blank");
        }
        return null;
    }

    private static Rejection notText(Object id) {
        return switch (id) {
            case null -> new Rejection(RejectionReason.TOKEN_ID_MISSING, "NULL");
            case UnreadValue(long bytes) -> new Rejection(RejectionReason.TOKEN_ID_TOO_LONG,
                    bytes + " bytes, the column holds " + ColumnLimits.TOKEN_ID + " characters");
            case byte[] bytes ->
                new Rejection(RejectionReason.TOKEN_ID_NOT_TEXT, "a BLOB of " + bytes.length + " bytes");
            case Number _ -> new Rejection(RejectionReason.TOKEN_ID_NOT_TEXT, "a number");
            default -> new Rejection(RejectionReason.TOKEN_ID_NOT_TEXT, "not UTF-8");
        };
    }
}
