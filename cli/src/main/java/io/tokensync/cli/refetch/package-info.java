/** {@code refetch}: asks again for content that is missing, or for all content, whatever the table says of it. */
package io.tokensync.cli.refetch;
