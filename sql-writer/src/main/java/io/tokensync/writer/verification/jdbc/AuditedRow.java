package io.tokensync.writer.verification.jdbc;

import io.tokensync.common.verification.RowFields;

/**
 * A row of a node in the table.
 *
 * @param tokenId of which token
 * @param fields as they stand there
 * @param isGone whether the node is known to list it no longer
 * @param deletedAt since when, UTC; null for a row that is there
 */
public record AuditedRow(String tokenId, RowFields fields, boolean isGone, String deletedAt) {}
