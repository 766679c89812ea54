/**
 * All possible whole RBT tokens by their ids, in a file: {@link io.tokensync.enricher.codebook.CodebookBuild} makes it,
 * {@link io.tokensync.enricher.codebook.Codebook} finds tokens in it, {@link io.tokensync.enricher.codebook.CodebookSource}
 * gives their content without asking any node.
 */
package io.tokensync.enricher.codebook;
