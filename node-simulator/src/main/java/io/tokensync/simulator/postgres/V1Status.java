package io.tokensync.simulator.postgres;

import java.util.Locale;
import java.util.Optional;

/** Statuses of tokens by the names that v1 has for them, with the numbers of its releases. */
public enum V1Status {
    FREE(0, null),
    LOCKED(1, null),
    GENERATED(2, null),
    FETCHED(3, null),
    TRANSFERRED(4, V1Role.TRANSFER),
    COMMITTED(5, V1Role.COMMIT),
    PLEDGED(6, V1Role.PLEDGE),
    QUORUM_PLEDGED(7, V1Role.PLEDGE),
    BURNT(8, V1Role.BURN),
    BURNT_FOR_FT(9, V1Role.BURN),
    DEPLOYED(10, V1Role.DEPLOY),
    EXECUTED(11, V1Role.EXECUTE),
    PINNED_AS_SERVICE(12, V1Role.TRANSFER),
    ORPHANED(13, V1Role.TRANSFER),
    CHAIN_SYNC_ISSUE(14, V1Role.TRANSFER),
    DOUBLE_SPENT(15, V1Role.TRANSFER),
    /** What the table gives a row without a status. */
    SEED(99, null);

    private final int code;
    private final V1Role role;

    V1Status(int code, V1Role role) {
        this.code = code;
        this.role = role;
    }

    /** The number of the releases; {@link V1Schema#code} has that of a schema. */
    int code() {
        return code;
    }

    /** Role of the transaction that gave a token this status, after the one that made it; empty when there was none. */
    Optional<V1Role> role() {
        return Optional.ofNullable(role);
    }

    /** The name where a schema has a table of them. */
    public String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name that the views show. */
    public String text() {
        return sqlName().replace('_', ' ');
    }
}
