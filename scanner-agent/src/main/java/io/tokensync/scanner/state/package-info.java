/**
 * What the agent remembers of its own: which rows it has published in which shape, which it has refused, and how far
 * record versions are handed out. It moves only after Kafka has acknowledged; losing it costs a rescan and nothing else.
 */
package io.tokensync.scanner.state;
