/**
 * What the monitor can be asked, apart from how it comes to know it: {@link io.tokensync.monitor.view.MonitorViews} and
 * the shapes of its answers. The page, the alerts and the commands depend on nothing else of the monitor.
 */
package io.tokensync.monitor.view;
