/**
 * The status page: a read-only HTTP server with static files and a JSON API under {@code /api}, which the page asks again
 * and again. It is bound to the loopback address unless the configuration says otherwise, and asks for a login when it has one.
 * It shows what {@link io.tokensync.monitor.view.MonitorViews} and {@link io.tokensync.monitor.probe} know, and no secret.
 */
package io.tokensync.monitor.web;
