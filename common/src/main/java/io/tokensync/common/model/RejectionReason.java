package io.tokensync.common.model;

import java.util.Locale;

/** Why a row goes to {@code tokens.dead-letter} instead of the table: it has no identity, or the table cannot hold it. */
public enum RejectionReason {
    /** NULL, empty or blank. */
    TOKEN_ID_MISSING,
    /** A BLOB instead of text. */
    TOKEN_ID_NOT_TEXT,
    /** Longer than the column. */
    TOKEN_ID_TOO_LONG,
    /** Ends in a blank, which SQL Server does not tell from the same id without it. */
    TOKEN_ID_TRAILING_BLANK,
    /** Another row of the same node has this id already. */
    TOKEN_ID_DUPLICATE,
    /** A field other than the id is longer than its column. */
    FIELD_TOO_LONG,
    /** A record that alone cannot be handled, or whose output no broker takes. */
    RECORD_REJECTED,
    /** Its version lies so far ahead that no later state of the row would ever win. */
    VERSION_IMPLAUSIBLE,
    /** The record's key names another row than its value. */
    KEY_MISMATCH,
    /** A record on a topic that cannot be read. */
    UNREADABLE_RECORD,
    /** The database rejects the row for what is in it. */
    SQL_REJECTED;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** The reason as the dead letter's header and the reports show it. */
    public String code() {
        return code;
    }
}
