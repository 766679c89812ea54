package io.tokensync.scanner.state;

/**
 * A row as it was last published.
 *
 * @param key which one
 * @param hash 64 bits of what was published
 * @param version the record version it was published under
 */
public record PublishedRow(PublishedKey key, long hash, long version) {
    /** A row that may have been published in any shape: the next walk publishes or deletes it. */
    public static PublishedRow doubtful(PublishedKey key) {
        return new PublishedRow(key, 0, 0);
    }
}
