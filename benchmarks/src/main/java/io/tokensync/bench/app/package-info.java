/** {@code ./bench}: its entry point, the list of benchmarks, and the one that needs the whole command line. */
package io.tokensync.bench.app;
