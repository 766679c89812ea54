package io.tokensync.cli.verify;

import java.util.BitSet;
import java.util.Optional;

import io.tokensync.cli.verify.jdbc.LatestVerification;
import io.tokensync.common.verification.BucketSums;
import io.tokensync.scanner.operate.NodeCopy;
import io.tokensync.writer.verification.NodeTable.Node;

/**
 * A copy of a node's database beside what the table has of the node.
 *
 * @param copy what it holds
 * @param node whose it is said to be
 * @param place where the table is, for people
 * @param table the table's rows of the node
 * @param keepsVerifications whether the table has verifications that this login may read
 * @param verification the latest of the node
 */
record Compared(NodeCopy.Contents copy, Node node, String place, BucketSums table, boolean keepsVerifications,
        Optional<LatestVerification> verification) {

    /** The buckets in which they differ. */
    BitSet differing() {
        return copy.sums().differing(table);
    }

    boolean isEqual() {
        return copy.sums().equals(table);
    }

    /** As it is typed. */
    String nodeText() {
        return node.sourceIp() + "/" + node.nodeName();
    }

    /** Whether the agent had read the rows that the copy has. */
    boolean isVerified(LatestVerification latest) {
        return copy.digest().digest().equals(latest.nodeDigest());
    }
}
