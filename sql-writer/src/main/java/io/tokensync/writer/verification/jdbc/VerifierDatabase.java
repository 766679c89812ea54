package io.tokensync.writer.verification.jdbc;

import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.verification.NodeTable;
import io.tokensync.writer.verification.VerificationStore;

/**
 * What one thread of verification has of the database, on a connection of its own.
 *
 * @param table the rows of the nodes
 * @param store what is remembered of their verifications
 */
public record VerifierDatabase(NodeTable table, VerificationStore store) {
    /** On this database, which stays the caller's. */
    public static VerifierDatabase of(Database database) {
        VerifierStatements statements = new VerifierStatements(database);
        return new VerifierDatabase(new SqlNodeTable(statements), new SqlVerificationStore(statements));
    }
}
