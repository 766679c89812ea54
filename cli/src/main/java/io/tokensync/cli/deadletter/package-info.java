/**
 * {@code dlq}: the topic of dead letters for people: which there are, what is in one, sending them back to where they came
 * from once the cause is repaired, and deleting them.
 */
package io.tokensync.cli.deadletter;
