/**
 * Reads node databases without disturbing the node: short pages each in its own read transaction, columns by name. How a
 * database file is looked at, opened and copied is in {@code file}.
 */
package io.tokensync.scanner.source.sqlite;
