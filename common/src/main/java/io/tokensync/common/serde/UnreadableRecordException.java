package io.tokensync.common.serde;

import java.util.Objects;

import io.tokensync.common.model.RejectionReason;

/**
 * The bytes of a record are not one, or one that cannot be. Poison: the record goes to {@code tokens.dead-letter} as it
 * is. The message names the field and never quotes the bytes.
 */
public final class UnreadableRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;

    public UnreadableRecordException(String message) {
        this(RejectionReason.UNREADABLE_RECORD, message);
    }

    /** @param reason why it is dead-lettered */
    public UnreadableRecordException(RejectionReason reason, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason);
    }

    /** Why the record is dead-lettered. */
    public RejectionReason reason() {
        return reason;
    }
}
