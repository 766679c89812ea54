/** The node's SQLite databases, written as the node itself writes them. */
package io.tokensync.simulator.sqlite;
