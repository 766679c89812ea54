/**
 * What the monitor looks at by itself, beside the receipts: how far the groups are behind their topics, and what the
 * stages' admin endpoints say of a pause. Each is looked at by a thread of its own, so that nobody who asks waits.
 */
package io.tokensync.monitor.probe;
