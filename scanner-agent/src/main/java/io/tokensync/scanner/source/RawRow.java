package io.tokensync.scanner.source;

import java.util.Map;

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

    /**
     * @param values by the position of their column
     * @param idIsText whether the id is text, in valid UTF-8
     * @param idInEarlierTable whether a row of an earlier table had the same id when this one was read
     */
    public RawRow(TokenTable table, long rowid, Object[] values, boolean idIsText, boolean idInEarlierTable) {
        this.table = table;
        this.rowid = rowid;
        this.values = values;
        this.idIsText = idIsText;
        this.idInEarlierTable = idInEarlierTable;
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
