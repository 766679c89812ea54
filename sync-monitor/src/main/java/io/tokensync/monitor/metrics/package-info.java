/** What the monitor knows, as gauges: for whoever watches with Prometheus instead of the page or the alerts. */
package io.tokensync.monitor.metrics;
