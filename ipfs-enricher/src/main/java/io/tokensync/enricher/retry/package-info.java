/**
 * Content that was not there is asked for again, later and later: {@link io.tokensync.enricher.retry.RetryRequest} is what
 * waits on a topic for that, {@link io.tokensync.enricher.retry.RetrySchedule} says how long and how often. There is a topic
 * for each step of the delay, so that the requests of a topic become due in the order in which they came.
 */
package io.tokensync.enricher.retry;
