/**
 * A real browser for tests: Chromium without a window, driven through its own protocol over a WebSocket of the JDK.
 * Where it is not installed, tests that need it are skipped and say so.
 */
package io.tokensync.testkit.browser;
