/** Time that passes when a test says so. */
package io.tokensync.testkit.time;
