package io.tokensync.scanner.state;

/**
 * A row as it was last published.
 *
 * @param key which one
 * @param hash 64 bits of what was published
 * @param version the record version it was published under
 */
public record KnownRow(KnownKey key, long hash, long version) {
    /** A row that may have been published in any shape: the next walk publishes or deletes it. */
    public static KnownRow doubtful(KnownKey key) {
        return new KnownRow(key, 0, 0);
    }
}
