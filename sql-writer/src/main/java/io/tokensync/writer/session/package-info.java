/**
 * The monitor's summaries of sessions and databases on their way from {@code sync.sessions} to {@code SyncSessions} and
 * {@code ProcessedDatabases}: read, merged to the latest of each, written by the version guard of the statements.
 */
package io.tokensync.writer.session;
