package io.tokensync.scanner.state;

/** A published row that the walk did not meet any more. */
public record KnownKey(String tokenId, int table) {}
