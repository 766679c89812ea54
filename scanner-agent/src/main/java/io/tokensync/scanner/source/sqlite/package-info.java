/**
 * Reads node databases without disturbing the node: read-only connections ({@code mode=ro}, never {@code immutable},
 * which loses what is still in the write-ahead log), short pages each in its own read transaction, columns by name. The
 * database files are never opened by other means: closing such a handle would drop this process's file locks.
 */
package io.tokensync.scanner.source.sqlite;
