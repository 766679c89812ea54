package io.tokensync.common.verification;

import java.time.Instant;
import java.util.Objects;

/**
 * What an agent says that a node holds: a record of {@code sync.digests}, of which the latest of a node counts.
 *
 * @param sourceIp the machine
 * @param nodeName the node on it
 * @param agentId UUID of the agent's state, so that two agents that claim one node are told apart
 * @param sessionId the scan cycle in which the node was read
 * @param dbPath its database
 * @param watermark every record of the node that led to these rows has a version up to this one, and was acknowledged by
 *        the broker before this digest was sent
 * @param asOf when the node had been read
 * @param startedBy why
 * @param repair whether the agent is to be told which rows differ
 * @param digest {@link BucketSums#digest} of the finest buckets
 * @param buckets the same rows in as many buckets as are worth being sent
 * @param repaired what the agent has done about the verification before this one
 */
public record NodeDigest(String sourceIp, String nodeName, String agentId, String sessionId, String dbPath,
        long watermark, Instant asOf, StartedBy startedBy, boolean repair, String digest, BucketSums buckets,
        Repaired repaired) {
    public NodeDigest {
        Objects.requireNonNull(sourceIp, "source_ip");
        Objects.requireNonNull(nodeName, "node_name");
        Objects.requireNonNull(agentId, "agent_id");
        Objects.requireNonNull(sessionId, "session_id");
        Objects.requireNonNull(dbPath, "db_path");
        Objects.requireNonNull(asOf, "as_of");
        Objects.requireNonNull(startedBy, "started_by");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(buckets, "buckets");
        Objects.requireNonNull(repaired, "repaired");
    }

    /**
     * What an agent has done about a verification.
     *
     * @param republished rows that were published again
     * @param deleted rows whose deletion was published
     * @param deferred rows whose deletion waits for a confirmation
     */
    public record Repaired(long republished, long deleted, long deferred) {
        public static final Repaired NOTHING = new Repaired(0, 0, 0);
    }

    /** How many rows the node holds. */
    public long rows() {
        return buckets.rows();
    }
}
