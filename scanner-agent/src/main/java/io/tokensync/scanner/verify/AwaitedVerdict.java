package io.tokensync.scanner.verify;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.tokensync.common.verification.NodeVerdict;
import io.tokensync.common.verification.Outcome;

/** The parts of the answer to one digest, in any order, and each perhaps several times. */
final class AwaitedVerdict {
    private final String agentId;
    private final long watermark;
    private NodeVerdict[] parts = {};
    private WholeVerdict whole;
    private long rows;

    AwaitedVerdict(String agentId, long watermark) {
        this.agentId = agentId;
        this.watermark = watermark;
    }

    /** Whether it is the answer to the digest of this agent with this watermark. */
    boolean isTo(String agent, long version) {
        return agentId.equals(agent) && watermark == version;
    }

    /**
     * Takes a part. One of a later comparison makes those of an earlier one void, but for what is to be repaired: another
     * database may be as it should be.
     */
    void add(NodeVerdict part) {
        NodeVerdict other = Arrays.stream(parts).filter(Objects::nonNull).findFirst().orElse(null);
        if (whole != null
                ? isVoid(part, whole.verifiedAt().plusNanos(1), whole.outcome())
                : other != null && isVoid(part, other.verifiedAt(), other.outcome())) {
            return;
        }
        if (other == null || part.verifiedAt().isAfter(other.verifiedAt())) {
            clear();
            parts = new NodeVerdict[part.parts()];
        } else if (part.parts() != parts.length || part.buckets() != other.buckets()
                || part.outcome() != other.outcome()) {
            return; // of something else
        }
        if (parts[part.part()] == null) {
            parts[part.part()] = part;
            rows += part.rows().size();
            join();
        }
    }

    /** Whether the part is older than this, or there is something to repair and it says that there is nothing. */
    private static boolean isVoid(NodeVerdict part, Instant since, Outcome outcome) {
        return part.verifiedAt().isBefore(since)
                || (outcome == Outcome.DIFFERS && part.outcome() != Outcome.DIFFERS);
    }

    /** Lets go of the parts when all are there: twice is too much in memory. */
    private void join() {
        if (Arrays.stream(parts).allMatch(Objects::nonNull)) {
            NodeVerdict first = parts[0];
            whole = new WholeVerdict(first.outcome(), first.verifiedAt(), first.tableRows(),
                    TableRows.of(watermark, first.buckets(), List.of(parts)));
            parts = new NodeVerdict[0];
        }
    }

    void clear() {
        parts = new NodeVerdict[0];
        whole = null;
        rows = 0;
    }

    /** Rows that are in memory. */
    long rows() {
        return rows;
    }

    /** The answer when it is there as a whole. */
    Optional<WholeVerdict> whole() {
        return Optional.ofNullable(whole);
    }
}
