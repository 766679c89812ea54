package io.tokensync.simulator.node;

/** What a column of a token table holds. */
public enum Field {
    ID,
    DID,
    PARENT,
    VALUE,
    STATUS,
    STATE_HASH,
    TRANSACTION,
    CREATED,
    UPDATED,
    /** First of the texts that only this table has; see {@link io.tokensync.simulator.content.Token#details}. */
    FIRST_DETAIL,
    SECOND_DETAIL,
    THIRD_DETAIL,
    /** A small number that is the same in all rows. */
    FLAG
}
