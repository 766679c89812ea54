/**
 * What the contents of Rubix tokens say. A whole token's content is a level and the hash of its number, from which
 * {@link io.tokensync.enricher.rubix.TokenNumbers} finds the number; the other kinds are read by
 * {@link io.tokensync.enricher.rubix.Interpretation}. Pure functions of the content; hostile content costs no more memory than
 * its own size.
 */
package io.tokensync.enricher.rubix;
