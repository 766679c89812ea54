/** The transactions of a v1 node: who gave a token to whom, and what proves it. */
package io.tokensync.scanner.source.postgres.chain;
