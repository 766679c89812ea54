/** The answers of {@link io.tokensync.monitor.view.MonitorViews}, kept in memory from the accounts on {@code sync.sessions}. */
package io.tokensync.monitor.results;
