/** The command {@code local}, and what a person sees of a run in one process. */
package io.tokensync.cli.local;
