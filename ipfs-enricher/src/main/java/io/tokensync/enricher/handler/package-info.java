/**
 * The handlers of both loops, for scanned rows and for retries: content is looked up, and records, retry requests, dead
 * letters and receipts are made of it.
 */
package io.tokensync.enricher.handler;
