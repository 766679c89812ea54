/**
 * What is known of a scan and its databases from one end of the pipeline to the other: the rows of {@code SyncSessions}
 * and {@code ProcessedDatabases} as the monitor reconciles them and the writer stores them.
 */
package io.tokensync.common.session;
