/** Rows and databases that are not there any more: which of them are believed to be gone, and which deletions are deferred. */
package io.tokensync.scanner.deletion;
