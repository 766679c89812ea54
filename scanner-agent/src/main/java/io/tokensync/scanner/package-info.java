/**
 * The agent that runs beside Rubix nodes: one scan cycle after another it finds their databases, reads those that have changed,
 * compares the rows with what it has published, and publishes the difference. It holds no lock, writes nothing beside
 * the nodes' files, and remembers only what Kafka has acknowledged.
 */
package io.tokensync.scanner;
