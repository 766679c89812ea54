/** What operators and monitors ask the brokers: how far a consumer group is. */
package io.tokensync.common.kafka.admin;
