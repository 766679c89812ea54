/**
 * What the agent remembers of its own: which rows it has published in which shape, which it has rejected, and how far
 * record versions are handed out. It moves only after Kafka has acknowledged; losing it costs a rescan
 * and the deletions that had not been noticed: of a row that vanished before, nobody knows any more that it was there.
 */
package io.tokensync.scanner.state;
