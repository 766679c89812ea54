/** The node's SQLite databases, written as the node itself writes them; the only place of this module with JDBC. */
package io.tokensync.simulator.sqlite;
