/**
 * {@code bench writer}: a writer process that takes records from a broker into a table, beside the plainest code that puts
 * the same rows into the same table without Kafka.
 */
package io.tokensync.bench.writer;
