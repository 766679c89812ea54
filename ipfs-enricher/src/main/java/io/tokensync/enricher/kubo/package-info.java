/** Blocks from the HTTP API of configured Kubo nodes; time, size and the number of requests are bounded. */
package io.tokensync.enricher.kubo;
