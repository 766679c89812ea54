package io.tokensync.writer.verification;

import io.tokensync.common.verification.NodeDigest;
import io.tokensync.common.verification.Outcome;
import io.tokensync.writer.verification.NodeTable.Node;

/**
 * A row of {@code NodeVerifications}.
 *
 * @param digest what the agent has said
 * @param comparison what the table has had
 * @param outcome what comes of it
 */
public record NodeVerification(NodeDigest digest, Comparison comparison, Outcome outcome) {
    /** The node that a digest is of. */
    static Node node(NodeDigest digest) {
        return new Node(digest.sourceIp(), digest.nodeName());
    }
}
