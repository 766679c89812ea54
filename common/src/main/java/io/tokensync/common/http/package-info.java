/** A small HTTP server that only answers questions: what the admin endpoint and the status page stand on. */
package io.tokensync.common.http;
