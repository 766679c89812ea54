/** Life of a process: services that start once and close once, their health, the admin endpoint and the exit code. */
package io.tokensync.common.runtime;
