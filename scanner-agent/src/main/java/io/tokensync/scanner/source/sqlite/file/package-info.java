/**
 * The file of a node's database: whether it has changed, read-only connections to it ({@code mode=ro}, never
 * {@code immutable}, which loses what is still in the write-ahead log), and a copy where these would leave traces. The
 * files are not opened by other means while they are read: closing such a handle would drop this process's file locks.
 */
package io.tokensync.scanner.source.sqlite.file;
