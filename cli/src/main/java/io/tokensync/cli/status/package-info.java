/** What became of the sessions, read from {@code sync.sessions}: it needs Kafka, and no monitor that runs. */
package io.tokensync.cli.status;
