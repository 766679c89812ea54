/**
 * The only place with Kafka consumers: topics, clients with safe settings, and the loop that commits output and offsets as
 * one.
 */
package io.tokensync.common.kafka;
