package io.tokensync.scanner.state;

import java.time.Instant;
import java.util.Objects;

/**
 * That somebody wants a node to be verified.
 *
 * @param nodeName which
 * @param repair whether what differs is to be repaired
 * @param requestedAt when it was asked for
 */
public record VerificationRequest(String nodeName, boolean repair, Instant requestedAt) {
    public VerificationRequest {
        Objects.requireNonNull(nodeName, "nodeName");
        Objects.requireNonNull(requestedAt, "requestedAt");
    }
}
