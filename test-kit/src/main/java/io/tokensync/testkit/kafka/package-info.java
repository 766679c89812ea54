/** A real broker for tests: one for all test classes of a JVM, or one of its own for a test that stops or kills it. */
package io.tokensync.testkit.kafka;
