package io.tokensync.monitor.table;

/** What is known of a row and its content. */
public enum Validity {
    ANY,
    /** Nothing is wrong with the row. */
    VALID,
    /** Something is in {@code validation_errors}. */
    ERRORS,
    /** The content is here and matches the id. */
    CONTENT,
    /** The content is not here. */
    WITHOUT_CONTENT,
    /** A source has other bytes under the id than it is the hash of. */
    MISMATCH
}
