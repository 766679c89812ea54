package io.tokensync.scanner.sqlite;

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
    static final int COUNT = values().length;

    private final int position;

    TokenColumn(int position) {
        this.position = position;
    }

    /** Where its value stands in a {@link RawRow}, from 0. */
    int position() {
        return position;
    }
}
