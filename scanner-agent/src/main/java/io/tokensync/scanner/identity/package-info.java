/** Under which {@code source_ip} an agent publishes. */
package io.tokensync.scanner.identity;
