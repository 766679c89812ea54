/**
 * What an agent says its node holds, what the table holds of it, and what is to be done where they differ. Both sides add up
 * the digests of rows by bucket, in any order and one pass; equal sums are equal rows.
 */
package io.tokensync.common.verification;
