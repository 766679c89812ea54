package io.tokensync.scanner.source;

import java.util.Map;

import io.tokensync.common.model.TokenTransaction;

/**
 * A row as the node stores it: each value in its own storage class (String, Long, Double, byte[] or null), or an
 * {@link UnreadValue}.
 */
public final class RawRow {
    private final TokenTable table;
    private final long rowid;
    private final Object[] values;
    private final boolean idIsText;
    private final boolean idInEarlierTable;
    private final TokenTransaction transaction;

    /**
     * @param values by the position of their column
     * @param idIsText whether the id is text, in valid UTF-8
     * @param idInEarlierTable whether a row of an earlier table had the same id when this one was read
     */
    public RawRow(TokenTable table, long rowid, Object[] values, boolean idIsText, boolean idInEarlierTable) {
        this(table, rowid, values, idIsText, idInEarlierTable, null);
    }

    private RawRow(TokenTable table, long rowid, Object[] values, boolean idIsText, boolean idInEarlierTable,
            TokenTransaction transaction) {
        this.table = table;
        this.rowid = rowid;
        this.values = values;
        this.idIsText = idIsText;
        this.idInEarlierTable = idInEarlierTable;
        this.transaction = transaction;
    }

    /** A row that is as it was at the last reading, and was not read again: only its place is known. */
    public static RawRow unread(TokenTable table, long rowid) {
        return new RawRow(table, rowid, null, false, false);
    }

    /** The row with the transaction that it names. */
    public RawRow with(TokenTransaction named) {
        return new RawRow(table, rowid, values, idIsText, idInEarlierTable, named);
    }

    /** The transaction that it names; null where it was not read. */
    public TokenTransaction transaction() {
        return transaction;
    }

    /** Whether only its place is known. */
    public boolean isUnread() {
        return values == null;
    }

    public TokenTable table() {
        return table;
    }

    public long rowid() {
        return rowid;
    }

    /** The value; null also when the node's schema lacks the column. */
    public Object value(TokenColumn column) {
        return values[column.position()];
    }

    /** Whether the id is text, in valid UTF-8. */
    public boolean idIsText() {
        return idIsText;
    }

    /** Whether a row of an earlier table had the same id when this one was read. */
    public boolean isIdInEarlierTable() {
        return idInEarlierTable;
    }

    /** The id of a row whose id is text. */
    public String id() {
        return (String) values[TokenColumn.TOKEN_ID.position()];
    }

    /** The columns under the names that the node gives them, for people. */
    public Map<String, Object> toMap() {
        return table.named(rowid, column -> value(column) instanceof UnreadValue unread
                ? unread.toString()
                : value(column));
    }
}
