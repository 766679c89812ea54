/**
 * The reconciliation as a Kafka Streams topology, exactly once: receipts in, states in stores with changelogs, session
 * summaries out to {@code sync.sessions}. All of one agent is in one partition, so that two monitors share the agents and
 * either can take over from the other.
 */
package io.tokensync.monitor.reconciliation.streams;
