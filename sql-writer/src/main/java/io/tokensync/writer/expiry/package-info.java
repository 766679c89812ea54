/** What the writer deletes because it is older than it is kept. */
package io.tokensync.writer.expiry;
