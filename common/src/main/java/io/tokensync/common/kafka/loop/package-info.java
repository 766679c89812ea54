/**
 * The poll loop: one thread polls, others handle batches, and output and offsets are committed in one Kafka transaction.
 * {@link io.tokensync.common.kafka.loop.PollLoop} is its face, {@link io.tokensync.common.kafka.loop.BatchHandler} what a
 * stage gives it. What is between the threads is in {@link io.tokensync.common.kafka.window}.
 */
package io.tokensync.common.kafka.loop;
