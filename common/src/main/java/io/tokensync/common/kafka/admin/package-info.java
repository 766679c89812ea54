/** What operators and monitors ask the brokers: lag, offsets, and which of several processes leads. */
package io.tokensync.common.kafka.admin;
