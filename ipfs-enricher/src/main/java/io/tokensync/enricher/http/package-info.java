/**
 * Blocks over HTTP: of the API of Kubo nodes and of trustless gateways. Time, size and the number of requests are bounded, an
 * endpoint that fails or asks for it is left alone for a while, redirects are rejected.
 */
package io.tokensync.enricher.http;
