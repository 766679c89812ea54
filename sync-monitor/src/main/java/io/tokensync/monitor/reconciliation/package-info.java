/**
 * The rules by which receipts become session summaries, without Kafka:
 * {@link io.tokensync.monitor.reconciliation.DatabaseState} adds up sets of versions, so that the order of receipts and
 * their repetition do not matter; {@link io.tokensync.monitor.reconciliation.SessionState} knows the beginning and the end
 * of a scan cycle, and {@link io.tokensync.monitor.reconciliation.Verdict} says how a session stands.
 */
package io.tokensync.monitor.reconciliation;
