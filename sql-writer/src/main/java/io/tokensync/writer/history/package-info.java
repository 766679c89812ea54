/** How long versions stay in {@code TokenHistory} that newer ones have superseded. */
package io.tokensync.writer.history;
