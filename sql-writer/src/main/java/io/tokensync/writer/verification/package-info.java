/**
 * Compares what the agents say that their nodes hold ({@code sync.digests}) with {@code TokenRecords}, once all that they had
 * published by then is accounted for; writes the outcome into {@code NodeVerifications}, and answers the agents which rows
 * differ ({@code sync.repairs}).
 */
package io.tokensync.writer.verification;
