/** The handler of the writer's loop: what can be written is, what cannot becomes a dead letter, and receipts tell of both. */
package io.tokensync.writer.handler;
