package io.tokensync.simulator.truth;

/**
 * A row that must be rejected.
 *
 * @param machine name of the machine
 * @param nodeName the node
 * @param table the node's table
 * @param rowid SQLite's number of the row
 * @param reason code of {@link io.tokensync.common.model.RejectionReason}
 * @param hint what stands in the row's id, shortened, for people
 */
public record TruthRejection(String machine, String nodeName, String table, long rowid, String reason, String hint) {}
