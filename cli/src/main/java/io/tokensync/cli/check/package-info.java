/** {@code check}: whether what a stage needs can be reached from this machine, as its configuration has it. */
package io.tokensync.cli.check;
