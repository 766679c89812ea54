package io.tokensync.common.verification;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What the verifier answers an agent: a record of {@code sync.repairs}, whose key is the machine. An answer that would be too
 * large for one record comes in several, which are to be put together before anything is done.
 *
 * @param sourceIp the machine
 * @param nodeName the node on it
 * @param agentId whom it answers
 * @param watermark which digest it answers
 * @param verifiedAt when the table was read
 * @param outcome what was found
 * @param tableRows how many rows the table has of the node
 * @param buckets how many buckets there are
 * @param part number of this record, from 0
 * @param parts of how many
 * @param differing buckets of which this answer has all rows of the table: those of this part, each in one part at least
 * @param rows rows of the table in such buckets
 * @param complete whether all buckets that differ are among them; else the rest is told the next time
 */
public record NodeVerdict(String sourceIp, String nodeName, String agentId, long watermark, Instant verifiedAt,
        Outcome outcome, long tableRows, int buckets, int part, int parts, List<Integer> differing, List<TableRow> rows,
        boolean complete) {
    public NodeVerdict {
        Objects.requireNonNull(sourceIp, "source_ip");
        Objects.requireNonNull(nodeName, "node_name");
        Objects.requireNonNull(agentId, "agent_id");
        Objects.requireNonNull(verifiedAt, "verified_at");
        Objects.requireNonNull(outcome, "outcome");
        differing = List.copyOf(differing);
        rows = List.copyOf(rows);
    }

    /**
     * A row that the table has.
     *
     * @param digest its {@link RowDigest}
     * @param version the highest of its record_version and deleted_version
     */
    public record TableRow(String tokenId, long digest, long version) {
        public TableRow {
            Objects.requireNonNull(tokenId, "token_id");
        }
    }
}
