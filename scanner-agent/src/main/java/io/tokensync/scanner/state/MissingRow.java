package io.tokensync.scanner.state;

/**
 * A published row that a table scan has not met where it was.
 *
 * @param key where it was
 * @param arrived whether the table scan has published its id in another place
 */
public record MissingRow(PublishedKey key, boolean arrived) {}
