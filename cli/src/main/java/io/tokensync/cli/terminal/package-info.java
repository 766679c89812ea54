/** What every command shares towards its user: exit codes, where the log goes, the progress line. */
package io.tokensync.cli.terminal;
