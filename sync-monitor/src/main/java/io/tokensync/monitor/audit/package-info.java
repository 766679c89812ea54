/**
 * What an auditor must look at: contradictions in the table of tokens, each with a plain explanation and the rows behind
 * it. The questions are asked of the database, set by set, by {@link io.tokensync.monitor.audit.jdbc}.
 */
package io.tokensync.monitor.audit;
