/**
 * A real Kafka broker inside this JVM: one KRaft node, controller and broker in one, on the loopback interface, with its
 * data in a directory that a later run takes up again. For local mode, demo and tests; not for production.
 */
package io.tokensync.embedded;
