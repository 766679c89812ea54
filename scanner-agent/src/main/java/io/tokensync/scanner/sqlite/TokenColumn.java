package io.tokensync.scanner.sqlite;

/** The columns that the agent reads, whatever a table calls them; their order is the order of {@link RawRow}'s values. */
public enum TokenColumn {
    TOKEN_ID,
    DID,
    TOKEN_STATUS,
    TOKEN_VALUE,
    PARENT_TOKEN_ID,
    TOKEN_STATE_HASH,
    TRANSACTION_ID,
    CREATED_AT,
    UPDATED_AT;

    /** How many there are. */
    static final int COUNT = values().length;
}
