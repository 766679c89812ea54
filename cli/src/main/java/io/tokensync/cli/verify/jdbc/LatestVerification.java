package io.tokensync.cli.verify.jdbc;

import java.time.Instant;

/**
 * What {@code vw_NodeVerification} says of a node.
 *
 * @param outcome what was found
 * @param asOf when the agent had read the node
 * @param verifiedAt when the table had been read
 * @param nodeRows rows that the node had
 * @param tableRows rows that the table had of it
 * @param nodeDigest of the node's rows
 * @param lastEqualAsOf as of when the table was last equal to the node; null for never
 */
public record LatestVerification(String outcome, Instant asOf, Instant verifiedAt, long nodeRows, long tableRows,
        String nodeDigest, Instant lastEqualAsOf) {}
