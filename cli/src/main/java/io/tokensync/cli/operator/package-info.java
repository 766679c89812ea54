/** What the operator's commands share: the way to the broker, of a cluster or of a data directory. */
package io.tokensync.cli.operator;
