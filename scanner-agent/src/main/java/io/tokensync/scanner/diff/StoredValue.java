package io.tokensync.scanner.diff;

import java.math.BigDecimal;
import java.util.HexFormat;

import io.tokensync.common.model.TokenStatus;
import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.TokenColumn;

/** What stored values mean, apart from times. */
final class StoredValue {
    private StoredValue() {}

    /** Text of any value; null for NULL and for the empty text, which the node writes for a field that is not set. */
    static String text(Object value) {
        String text = shown(value);
        return text == null || text.isEmpty() ? null : text;
    }

    /** Text of any value, as it is. */
    static String shown(Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Double number -> decimal(number);
            case BigDecimal number -> number.toPlainString();
            case byte[] bytes -> "x'" + HexFormat.of().formatHex(bytes) + "'";
            default -> value.toString();
        };
    }

    /**
     * What a row's status means: the name that the node itself has for it, which is that of {@link TokenStatus} with
     * underscores, or else that of its code; null when it is unknown.
     */
    static String statusName(RawRow row) {
        if (row.value(TokenColumn.STATUS_NAME) instanceof String name) {
            return name.isBlank() ? null : name.replace('_', ' ');
        }
        return row.value(TokenColumn.TOKEN_STATUS) instanceof Long code
                ? TokenStatus.of(row.table().generation(), code.toString()).map(TokenStatus::text).orElse(null)
                : null;
    }

    /** Whether a value is a number that a token can be worth; a column that the schema lacks is not wrong. */
    static boolean isKnownValue(Object value) {
        return switch (value) {
            case null -> true;
            case Double number -> Double.isFinite(number) && number >= 0;
            case BigDecimal number -> number.signum() >= 0;
            case Number number -> number.longValue() >= 0;
            default -> false;
        };
    }

    /** Whether a value says that the token is a part of another. */
    static boolean isPartValue(Object value) {
        return value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() < 1;
    }

    private static String decimal(double number) {
        return Double.isFinite(number) ? BigDecimal.valueOf(number).toPlainString() : Double.toString(number);
    }
}
