package io.tokensync.scanner.state;

/**
 * A published row that a walk has not met where it was.
 *
 * @param key where it was
 * @param arrived whether the walk has published its id in another place
 */
public record MissingRow(PublishedKey key, boolean arrived) {}
