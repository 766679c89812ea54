/** The newest dead letters, in memory: for whoever looks at the page, with the causes, what was rejected and what to do about it. */
package io.tokensync.monitor.deadletter;
