package io.tokensync.scanner.source;

/**
 * A look at a database.
 *
 * @param stamp of it now
 * @param unchanged whether it is as it was read
 */
public record Look(Stamp stamp, boolean unchanged) {}
