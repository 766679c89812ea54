/**
 * What the operator's commands share: the way to the broker, of a cluster or of a data directory; times as people write
 * them; things that can be tried.
 */
package io.tokensync.cli.operator;
