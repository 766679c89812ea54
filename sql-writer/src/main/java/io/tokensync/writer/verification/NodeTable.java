package io.tokensync.writer.verification;

import java.util.BitSet;
import java.util.List;

import io.tokensync.common.verification.BucketSums;
import io.tokensync.common.verification.NodeVerdict.TableRow;
import io.tokensync.writer.batch.SqlFailure;

/** The rows that the table has of a node. Each call is one read of its own; used by one thread at a time. */
public interface NodeTable {
    /** A node of a machine. */
    record Node(String sourceIp, String nodeName) {}

    /**
     * The living rows of the node, in {@link BucketSums#FINEST} buckets.
     *
     * @throws SqlFailure when the database fails
     */
    BucketSums sums(Node node) throws SqlFailure;

    /**
     * In which of so many buckets a row, or the deletion of one, has a version above the one and up to the other.
     *
     * @throws SqlFailure when the database fails
     */
    BitSet newer(Node node, long above, long upTo, int buckets) throws SqlFailure;

    /**
     * The living rows in these of so many buckets.
     *
     * @param most how many rows are taken; a caller that has counted them gets all
     * @throws SqlFailure when the database fails
     */
    List<TableRow> rows(Node node, BitSet chosen, int buckets, int most) throws SqlFailure;
}
