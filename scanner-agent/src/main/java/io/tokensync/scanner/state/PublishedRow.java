package io.tokensync.scanner.state;

/**
 * A row as it was last published.
 *
 * @param key which one
 * @param hash 64 bits of what was published
 * @param version the record version it was published under
 */
public record PublishedRow(PublishedKey key, long hash, long version) {
    /** Whether it may have been published in any shape. */
    public boolean isDirty() {
        return hash == 0 && version == 0;
    }

    /** A row that may have been published in any shape: the next table scan publishes or deletes it. */
    public static PublishedRow dirty(PublishedKey key) {
        return new PublishedRow(key, 0, 0);
    }
}
