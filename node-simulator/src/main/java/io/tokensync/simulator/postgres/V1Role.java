package io.tokensync.simulator.postgres;

import java.util.Locale;

/** What a transaction did with a token. */
public enum V1Role {
    MINT,
    TRANSFER,
    EXECUTE,
    DEPLOY,
    BURN,
    COMMIT,
    UNCOMMIT,
    PLEDGE,
    UNPLEDGE;

    /** Its number in {@code token_role}. */
    int id() {
        return ordinal() + 1;
    }

    String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
