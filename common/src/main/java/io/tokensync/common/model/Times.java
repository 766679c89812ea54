package io.tokensync.common.model;

import java.time.Instant;

/** Instants as the table can hold them. */
public final class Times {
    private static final int NANOS_PER_TICK = 100;

    private Times() {}

    /** Cuts an instant to 100 ns, the precision of DATETIME2(7), so that a value read back equals the one written. */
    public static Instant cut(Instant instant) {
        if (instant == null || instant.getNano() % NANOS_PER_TICK == 0) {
            return instant;
        }
        return Instant.ofEpochSecond(instant.getEpochSecond(), instant.getNano() - instant.getNano() % NANOS_PER_TICK);
    }
}
