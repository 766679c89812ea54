/** Records of {@code tokens.dead-letter}: what could not be written, where it came from, and why. */
package io.tokensync.common.kafka.deadletter;
