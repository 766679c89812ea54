/**
 * The way into Kafka: batches of records that count as published only when the broker has acknowledged every one of them.
 * While it does not, the agent waits and says so; nothing is skipped and nothing is buffered beyond two batches.
 */
package io.tokensync.scanner.publish;
