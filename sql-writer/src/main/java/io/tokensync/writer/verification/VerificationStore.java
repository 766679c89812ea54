package io.tokensync.writer.verification;

import java.util.List;

import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.expiry.OldRows;
import io.tokensync.writer.verification.NodeTable.Node;

/**
 * The verifications that the database remembers. Old ones are deleted, but never the latest of a node. Each call is one
 * transaction; used by one thread at a time.
 */
public interface VerificationStore extends OldRows {
    /**
     * How the nodes stand by their latest verification.
     *
     * @param nodes that have been verified
     * @param differing of these, those that differ
     * @param differingTwice of these, those that have differed the time before as well
     * @param contested that two agents claim
     */
    record Standing(long nodes, long differing, long differingTwice, long contested) {}

    /**
     * Adds one; what is there of the same digest stays as it is.
     *
     * @throws SqlFailure when the database fails
     */
    void add(NodeVerification verification) throws SqlFailure;

    /**
     * The agents of the latest verifications of a node, the latest first.
     *
     * @param except the watermark of the one that is not looked at
     * @param most how many
     * @throws SqlFailure when the database fails
     */
    List<String> agents(Node node, long except, int most) throws SqlFailure;

    /**
     * How the nodes stand.
     *
     * @throws SqlFailure when the database fails
     */
    Standing standing() throws SqlFailure;
}
