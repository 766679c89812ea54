/** A real PostgreSQL for tests, as a process of its own; no container. */
package io.tokensync.testkit.postgres;
