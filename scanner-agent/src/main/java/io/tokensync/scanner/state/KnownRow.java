package io.tokensync.scanner.state;

/**
 * A row as it was last published and acknowledged.
 *
 * @param tokenId its id
 * @param table number of its table
 * @param hash 64 bits of what was published
 * @param version the record version it was published under
 */
public record KnownRow(String tokenId, int table, long hash, long version) {}
