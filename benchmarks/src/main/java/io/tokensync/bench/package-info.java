/**
 * The code behind {@code ./bench}: each figure beside its baseline from the same run. A benchmark is a command that
 * returns {@link io.tokensync.bench.Measurement}s; {@link io.tokensync.bench.BenchOptions} prints them, writes them to a
 * file and turns them into the exit code.
 */
package io.tokensync.bench;
