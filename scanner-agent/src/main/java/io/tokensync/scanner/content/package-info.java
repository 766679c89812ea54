/**
 * Content at the source: the block of a token id from the node's own IPFS repository, read from its files without lock or
 * daemon. It is passed on as found; the enricher verifies it.
 */
package io.tokensync.scanner.content;
