/** {@code bench}: the list of benchmarks, and the one that needs the whole command line. */
package io.tokensync.cli.bench;
