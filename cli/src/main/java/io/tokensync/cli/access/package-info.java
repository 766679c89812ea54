/** The rights that the stages and the operator need in Kafka: which they are, as commands, and giving them. */
package io.tokensync.cli.access;
