/** What an agent is told. */
package io.tokensync.scanner.config;
