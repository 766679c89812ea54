/**
 * The command line {@code ./tokensync}: every stage, everything in one process ({@code demo}, {@code local}), and the
 * operator's commands. Nothing here knows how a stage works; it builds, starts, watches and stops them.
 */
package io.tokensync.cli;
