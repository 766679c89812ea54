package io.tokensync.simulator.chain;

/** What can be wrong with a transaction on purpose, and what is only another way of being right. */
public enum TransactionFlaw {
    NONE,
    /** The information was changed after it was hashed and signed. */
    CHANGED_INFO,
    /** The signature is somebody else's. */
    OTHER_KEY,
    /** The table does not have it, which a foreign key would not let be. */
    MISSING,
    /** The information is JSON, and says no transaction. */
    NOT_A_TRANSACTION,
    /** As long as is just read. */
    LONGEST,
    /** One byte longer than is read. */
    TOO_LONG,
    /** Several megabytes. */
    HUGE,
    /** Signed as in an earlier state: the signature is in base64. */
    BASE64,
    /** Signed as in an earlier state: the text of the id, in base64. */
    SIGNED_ID,
    /** The signature is {@code {}}. */
    NO_SIGNATURE,
    /** The signature is an empty text. */
    EMPTY_SIGNATURE,
    /** The information has the form of an earlier state. */
    EARLIER_FORM
}
