/**
 * The status page: a read-only HTTP server with static files and a JSON API under {@code /api}, which the page asks again
 * and again. It has no login, and is therefore bound to the loopback address unless the configuration says otherwise. It
 * shows what {@link io.tokensync.monitor.view.MonitorViews} and {@link io.tokensync.monitor.probe} know, and no secret.
 */
package io.tokensync.monitor.web;
