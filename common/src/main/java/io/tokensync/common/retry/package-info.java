/**
 * Trying again, in one layer: the policy says how long to wait for each kind of failure, the retrier runs a unit of work
 * until it succeeds or fails in a way that waiting cannot repair. Nothing below it retries on its own.
 */
package io.tokensync.common.retry;
