/**
 * What the agent remembers of its own: which rows it has published in which shape, which it has rejected, and how far
 * record versions are handed out. It moves only after Kafka has acknowledged; losing it costs a rescan.
 * What it knew of rows that had vanished unnoticed is then found by comparing the node with the table; see the package verify.
 */
package io.tokensync.scanner.state;
