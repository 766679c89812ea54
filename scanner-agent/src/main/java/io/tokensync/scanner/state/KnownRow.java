package io.tokensync.scanner.state;

/**
 * A row as it was last published and acknowledged.
 *
 * @param key which one
 * @param hash 64 bits of what was published
 * @param version the record version it was published under
 */
public record KnownRow(KnownKey key, long hash, long version) {}
