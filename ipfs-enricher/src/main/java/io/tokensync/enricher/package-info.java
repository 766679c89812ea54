/**
 * The stage between {@code tokens.scanned} and {@code tokens.enriched}: every row passes, with the verified content of its
 * token or the reason why there is none. {@link io.tokensync.enricher.handler.EnrichmentHandler} is the work,
 * {@link io.tokensync.enricher.EnricherApp} the graph of objects, {@link io.tokensync.enricher.EnricherConfig} what can be
 * set, {@link io.tokensync.enricher.EnricherMain} the command.
 */
package io.tokensync.enricher;
