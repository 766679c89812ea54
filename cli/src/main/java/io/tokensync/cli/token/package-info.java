/** {@code token}: all that the table knows of one token. */
package io.tokensync.cli.token;
