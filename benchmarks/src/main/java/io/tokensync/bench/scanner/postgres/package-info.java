/** {@code bench scanner postgres}: a node of v1 on a PostgreSQL of its own, scanned and at work. */
package io.tokensync.bench.scanner.postgres;
