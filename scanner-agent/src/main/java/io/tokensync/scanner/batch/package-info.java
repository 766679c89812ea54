/** What is published, acknowledged and remembered as one, and the receipts of it. */
package io.tokensync.scanner.batch;
