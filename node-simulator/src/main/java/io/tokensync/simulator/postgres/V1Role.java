package io.tokensync.simulator.postgres;

import java.util.Locale;

/** What a transaction did with a token. */
public enum V1Role {
    MINT(1),
    TRANSFER(2),
    EXECUTE(3),
    DEPLOY(4),
    BURN(5),
    COMMIT(6),
    UNCOMMIT(7),
    PLEDGE(8),
    UNPLEDGE(9);

    private final int id;

    V1Role(int id) {
        this.id = id;
    }

    /** Its number in {@code token_role}. */
    int id() {
        return id;
    }

    String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
