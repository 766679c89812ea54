/** The state as an SQLite file of the agent's own; {@code SqliteStateStore} says what it holds and how safe it is. */
package io.tokensync.scanner.state.sqlite;
