/**
 * Nodes of v1, each with a PostgreSQL database of its own: where it is, how the agent logs in, what has changed, and its
 * rows. Nothing behind {@link io.tokensync.scanner.source.DatabaseSource} knows that it is PostgreSQL.
 */
package io.tokensync.scanner.source.postgres;
