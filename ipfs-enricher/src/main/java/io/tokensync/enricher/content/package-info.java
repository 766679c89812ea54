/**
 * Where content comes from and why it may be believed. {@link io.tokensync.enricher.content.ContentSource} is the one
 * narrow interface; a source finds the block of an id, decorators verify, remember, limit and count.
 * {@link io.tokensync.enricher.content.FileBlocks} makes a file of verified blocks, mostly of one, and
 * {@link io.tokensync.enricher.content.ContentReader} turns it into the text that SQL holds. Everything that can go wrong
 * with a piece of content is a {@link io.tokensync.enricher.content.ContentFailure}, not an exception.
 */
package io.tokensync.enricher.content;
