/**
 * The batches of a poll loop between polling and commit: {@link io.tokensync.common.kafka.window.BatchWindow} is the face,
 * owns the one lock, and says in which order what may happen; the rest is plain data that it alone changes.
 */
package io.tokensync.common.kafka.window;
