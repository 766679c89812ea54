/** Node databases for benchmarks, and what is done to them without the agent. */
package io.tokensync.bench.scanner.sqlite;
