package io.tokensync.common.serde;

/**
 * The bytes of a record are not one. Poison: the record goes to {@code tokens.dead-letter} as it is. The message names
 * the field and never quotes the bytes.
 */
public final class UnreadableRecordException extends Exception {
    public UnreadableRecordException(String message) {
        super(message);
    }
}
