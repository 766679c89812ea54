package io.tokensync.scanner.source;

/** The columns that the agent reads, whatever a table calls them. */
public enum TokenColumn {
    TOKEN_ID(0),
    DID(1),
    TOKEN_STATUS(2),
    TOKEN_VALUE(3),
    PARENT_TOKEN_ID(4),
    TOKEN_STATE_HASH(5),
    TRANSACTION_ID(6),
    CREATED_AT(7),
    UPDATED_AT(8);

    /** How many there are. */
    public static final int COUNT = values().length;

    /** More than a dead letter shows of a value that its column in the table cannot hold. */
    private static final int MOST_BYTES = 12_000;
    /** More than the longest value that is taken, which the table holds in any length, has in UTF-8. */
    private static final int MOST_BYTES_OF_VALUE = 300_000;

    private final int position;

    TokenColumn(int position) {
        this.position = position;
    }

    /** Where its value stands in a {@link RawRow}, from 0. */
    public int position() {
        return position;
    }

    /** The longest stored value that is read, in bytes; of a longer one there is an {@link UnreadValue}. */
    public int mostBytes() {
        return this == TOKEN_VALUE ? MOST_BYTES_OF_VALUE : MOST_BYTES;
    }

    /** The longest of all. */
    public static int longestBytes() {
        return MOST_BYTES_OF_VALUE;
    }
}
