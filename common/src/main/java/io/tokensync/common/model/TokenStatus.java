package io.tokensync.common.model;

import java.util.Optional;

/** The node's {@code token_status} codes. A code that is not here is kept in SQL and marked, never rejected. */
public enum TokenStatus {
    FREE(0),
    LOCKED(1),
    PLEDGED(2),
    UNPLEDGED(3),
    TRANSFERRED(4),
    COMMITTED(5),
    GENERATED(6),
    DEPLOYED(7),
    FETCHED(8),
    BURNT(9),
    EXECUTED(10),
    ORPHANED(11),
    CHAIN_SYNC_ISSUE(12),
    PLEDGE_ISSUE(13),
    DOUBLE_SPENT(14),
    PINNED_AS_SERVICE(15),
    BURNT_FOR_FT(16),
    PENDING(17),
    QUORUM_PLEDGED(20),
    /** Written by the network's pin client, not by the node: a token that is unknown to it, or outside the levels' limits. */
    OUTSIDE_LIMITS(2302);

    private final int code;

    TokenStatus(int code) {
        this.code = code;
    }

    /** The number that the node stores. */
    public int code() {
        return code;
    }

    /** The status with this code; empty for a code of a newer node. */
    public static Optional<TokenStatus> of(long code) {
        for (TokenStatus status : values()) {
            if (status.code == code) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
