/** Certificates of Kafka's clients. */
package io.tokensync.common.kafka.tls;
