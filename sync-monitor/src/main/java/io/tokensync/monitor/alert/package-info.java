/**
 * Tells people by webhook and Telegram what the page shows: the start, progress, stalled sessions, paused stages, dead
 * dead letters, completion and findings. Of several monitors the leader tells; messages wait in a bounded queue, and a channel
 * that does not answer disturbs nobody else.
 */
package io.tokensync.monitor.alert;
