package io.tokensync.scanner.source.postgres;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.TokenColumn;
import io.tokensync.scanner.source.TokenTable;
import io.tokensync.scanner.source.TuplePlace;
import io.tokensync.scanner.source.UnreadValue;

/**
 * Makes rows of what {@link PageQueries} select.
 *
 * @param table whose rows they are
 * @param columns whose values are selected, in their order
 * @param types names of the kinds of tokens, by their number
 * @param statuses names of the statuses, by their number; empty where the node has none
 */
record StoredTokens(TokenTable table, List<TokenColumn> columns, Map<String, String> types,
        Map<String, String> statuses) {
    private static final MathContext MEANT = new MathContext(15, RoundingMode.HALF_EVEN);
    /** Of a status that the node's own names do not have: what others call it says nothing. */
    private static final String UNNAMED = "";
    /** More digits than a status or a version has. */
    private static final int MOST_DIGITS = 18;

    RawRow row(ResultSet row) throws SQLException {
        long place = TuplePlace.parse(row.getString(1));
        int state = row.getInt(PageQueries.STATE);
        if (state == PageQueries.UNREAD) {
            return RawRow.unread(table, place);
        }
        Object[] values = new Object[TokenColumn.COUNT];
        for (int i = 0; i < columns.size(); i++) {
            TokenColumn column = columns.get(i);
            String text = row.getString(PageQueries.FIRST_VALUE + i);
            values[column.position()] = text == null && state == PageQueries.TOO_LONG
                    ? tooLong(row, i)
                    : value(column, text);
        }
        if (values[TokenColumn.TOKEN_STATUS.position()] instanceof Long status) {
            values[TokenColumn.STATUS_NAME.position()] = statuses.isEmpty()
                    ? null
                    : statuses.getOrDefault(status.toString(), UNNAMED);
        }
        return new RawRow(table, place, values, values[TokenColumn.TOKEN_ID.position()] instanceof String,
                row.getBoolean(PageQueries.inEarlierTable(columns.size())));
    }

    /** Roughly how much memory a row takes. */
    static int bytes(RawRow row) {
        int bytes = Long.BYTES;
        if (!row.isUnread()) {
            for (TokenColumn column : TokenColumn.values()) {
                bytes += row.value(column) instanceof String text ? text.length() : Long.BYTES;
            }
        }
        return bytes;
    }

    private UnreadValue tooLong(ResultSet row, int column) throws SQLException {
        long bytes = row.getLong(PageQueries.FIRST_VALUE + columns.size() + column);
        return row.wasNull() ? null : new UnreadValue(bytes);
    }

    private Object value(TokenColumn column, String text) {
        if (text == null) {
            return null;
        }
        return switch (column) {
            case TOKEN_STATUS -> number(text);
            case TOKEN_VALUE -> decimal(text);
            case TOKEN_TYPE -> types.getOrDefault(text, text);
            default -> text;
        };
    }

    private static Object number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= MOST_DIGITS
                && text.chars().skip(text.charAt(0) == '-' && text.length() > 1 ? 1 : 0)
                        .allMatch(c -> c >= '0' && c <= '9');
        return digits ? (Object) Long.valueOf(text) : text;
    }

    /**
     * As the nodes before v1 have it: the node calculates in binary and writes all the digits of that, of which 15 are
     * meant; with one behind the point at least. What is no number stays text.
     */
    private static Object decimal(String text) {
        try {
            BigDecimal number = new BigDecimal(text).round(MEANT).stripTrailingZeros();
            return number.scale() < 1 ? number.setScale(1) : number;
        } catch (NumberFormatException _) {
            return text; // NaN, Infinity
        }
    }
}
