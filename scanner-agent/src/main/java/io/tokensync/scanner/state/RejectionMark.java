package io.tokensync.scanner.state;

/**
 * A refused row that the dead-letter topic has been told of; the row has no usable id, so its place stands for it.
 *
 * @param table number of its table
 * @param rowid its place
 * @param hash 64 bits of what was refused and why
 */
public record RejectionMark(int table, long rowid, long hash) {}
