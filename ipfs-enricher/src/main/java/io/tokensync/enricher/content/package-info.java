/**
 * Where content comes from and why it may be believed. {@link io.tokensync.enricher.content.ContentSource} is the one
 * narrow interface; a source finds the block of an id, decorators verify, remember, limit and count, and
 * {@link io.tokensync.enricher.content.ContentReader} turns a verified block into the text that SQL holds. Everything
 * that can go wrong with a piece of content is a {@link io.tokensync.enricher.content.ContentFailure}, not an exception.
 */
package io.tokensync.enricher.content;
