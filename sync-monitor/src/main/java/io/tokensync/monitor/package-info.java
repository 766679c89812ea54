/**
 * The monitor: reads what the stages say they did ({@code sync.receipts}), reconciles for every session and database what is
 * in the table and what is still on its way, and publishes that as {@code sync.sessions}.
 * {@link io.tokensync.monitor.MonitorMain}, {@link io.tokensync.monitor.MonitorConfig} and
 * {@link io.tokensync.monitor.MonitorApp} are its doors.
 */
package io.tokensync.monitor;
