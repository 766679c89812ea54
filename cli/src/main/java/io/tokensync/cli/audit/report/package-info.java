/**
 * The audit report: tables with a heading and an explanation each, a digest over all of it, and what became of them since. Where its
 * rows come from is nothing to it.
 */
package io.tokensync.cli.audit.report;
