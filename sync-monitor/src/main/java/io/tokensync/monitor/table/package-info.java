/**
 * The table of tokens as the page asks for it: searches by indexed conditions, one token, one owner, one node. The questions are put to
 * the database by {@link io.tokensync.monitor.table.jdbc}; whoever asks gets an answer in bounded time or a sentence.
 */
package io.tokensync.monitor.table;
