package io.tokensync.scanner.verify;

import java.time.Duration;
import java.time.Instant;

/**
 * When it is a node's turn to be verified: once in each interval, at a moment of its own within it, which is always the same. So
 * neither the nodes of a machine nor those of a fleet come in step.
 *
 * @param interval zero for never
 * @param sourceIp the machine
 */
record Turns(Duration interval, String sourceIp) {
    private static final int HASH_BITS = 31;
    private static final int SPREAD = 0x9E3779B9;

    /** Whether nodes have turns. */
    boolean areOn() {
        return interval.isPositive();
    }

    /** Whether the node has had no turn since, or the clock was set. */
    boolean isDue(String nodeName, Instant last, Instant now) {
        return areOn() && turn(nodeName, last) != turn(nodeName, now);
    }

    private long turn(String nodeName, Instant at) {
        return Math.floorDiv(at.toEpochMilli() - offset(nodeName), interval.toMillis());
    }

    private long offset(String nodeName) {
        long hash = (sourceIp.hashCode() * (long) HASH_BITS + nodeName.hashCode()) * SPREAD & Integer.MAX_VALUE;
        return (long) ((double) hash / Integer.MAX_VALUE * interval.toMillis());
    }
}
