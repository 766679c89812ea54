package io.tokensync.monitor.view;

import java.time.Instant;

/**
 * How far what is shown is true. Whatever nobody knows now is shown as that, and never as the last that was known.
 *
 * @param asOf until when everything is known; null while nothing is
 * @param unknownSince since when it is not known how things stand; null while it is
 * @param cause why; null while it is known
 */
public record Freshness(Instant asOf, Instant unknownSince, String cause) {
    /** Everything is known that had been said by then. */
    public static Freshness known(Instant asOf) {
        return new Freshness(asOf, null, null);
    }

    /** Nobody knows how things stand. */
    public static Freshness unknown(Instant asOf, Instant since, String cause) {
        return new Freshness(asOf, since, cause);
    }

    /** Whether it is known how things stand. */
    public boolean isKnown() {
        return unknownSince == null;
    }
}
