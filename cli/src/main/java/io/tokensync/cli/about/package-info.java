/** What this installation consists of. */
package io.tokensync.cli.about;
