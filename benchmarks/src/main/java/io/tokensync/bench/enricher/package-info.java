/**
 * {@code bench enricher}: the stage as it runs, beside a plain loop that only reads and writes; and behind an IPFS node that
 * takes its time. The node is a small server in this package, so that the benchmark runs wherever the program does.
 */
package io.tokensync.bench.enricher;
