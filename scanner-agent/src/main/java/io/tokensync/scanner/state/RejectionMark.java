package io.tokensync.scanner.state;

/**
 * A rejected row that the dead-letter topic has been notified of; the row has no usable id, so its place stands for it.
 *
 * @param table number of its table
 * @param rowid its place
 * @param hash 64 bits of what was rejected and why
 */
public record RejectionMark(int table, long rowid, long hash) {}
