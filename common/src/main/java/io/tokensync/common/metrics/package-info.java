/**
 * The vocabulary of the metrics: every name, unit and tag is a constant, with the identities that must hold between
 * them. Messaging and database figures have OpenTelemetry's names, the rest begins with {@code tokensync}.
 */
package io.tokensync.common.metrics;
