/**
 * Proof that the table has of each node what the node holds: when a node is verified, the sum of its rows, what the table was
 * found to have instead, and what is published again or deleted because of that. See ADR 110.
 */
package io.tokensync.scanner.verify;
