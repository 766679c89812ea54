package io.tokensync.scanner.state;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import io.tokensync.common.verification.NodeDigest.Repaired;
import io.tokensync.common.verification.Outcome;
import io.tokensync.common.verification.StartedBy;

/**
 * The last verification of a node: what the agent has said that the node holds, and what it was answered.
 *
 * @param watermark version under which that was said; the answer names it
 * @param asOf when the node had been read
 * @param startedBy why
 * @param repair whether what differs is to be repaired
 * @param said what the node held
 * @param repaired what the agent has done about the verification before this one
 * @param rounds how repairing goes on
 * @param answer what was found; null while nobody has answered
 */
public record Verification(long watermark, Instant asOf, StartedBy startedBy, boolean repair, Said said,
        Repaired repaired, Rounds rounds, Answer answer) {
    public Verification {
        Objects.requireNonNull(asOf, "asOf");
        Objects.requireNonNull(startedBy, "startedBy");
        Objects.requireNonNull(said, "said");
        Objects.requireNonNull(repaired, "repaired");
        Objects.requireNonNull(rounds, "rounds");
    }

    /**
     * What the node held.
     *
     * @param rows how many rows
     * @param digest of all of them, in 64 hexadecimal digits
     */
    public record Said(long rows, String digest) {
        public Said {
            Objects.requireNonNull(digest, "digest");
        }
    }

    /**
     * What was found.
     *
     * @param verifiedAt when the table was read
     * @param tableRows how many rows it had of the node
     * @param buckets how many buckets were told that differ
     */
    public record Answer(Outcome outcome, Instant verifiedAt, long tableRows, int buckets) {
        public Answer {
            Objects.requireNonNull(outcome, "outcome");
            Objects.requireNonNull(verifiedAt, "verifiedAt");
        }
    }

    /** The outcome; empty while nobody has answered. */
    public Optional<Outcome> outcome() {
        return Optional.ofNullable(answer).map(Answer::outcome);
    }

    /** Whether an answer is still of use: there is none, or it is to be acted upon. */
    public boolean isOpen() {
        return answer == null || (answer.outcome() == Outcome.DIFFERS && repair && answer.buckets() > 0
                && rounds.next(answer.buckets()).goOn());
    }

    /** The same when it is answered. */
    public Verification answered(Answer found) {
        return new Verification(watermark, asOf, startedBy, repair, said, repaired, rounds, found);
    }
}
