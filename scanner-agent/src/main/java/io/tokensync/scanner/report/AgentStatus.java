package io.tokensync.scanner.report;

import java.time.Instant;
import java.util.List;

import io.tokensync.common.verification.NodeDigest;

/**
 * What an agent remembers of its work, for an operator who asks while it runs or does not.
 *
 * @param stateDir where it keeps that
 * @param sourceIp the identity it publishes under; null before its first scan cycle
 * @param lastScan when its last scan cycle ended; null before the first. A scan cycle looks at every database and scans
 *        those that have changed
 * @param databases all that it has seen
 * @param problems what stands in the way elsewhere
 */
public record AgentStatus(String stateDir, String sourceIp, Instant lastScan, List<DatabaseStatus> databases,
        List<StandingProblem> problems) {
    public AgentStatus {
        databases = List.copyOf(databases);
        problems = List.copyOf(problems);
    }

    /**
     * A database. Times are null for what has not happened yet, or under a release that did not remember it.
     *
     * @param path where it was last
     * @param nodeName its node
     * @param lastScan when it was last read to its end
     * @param rows published rows that are not deleted
     * @param lastChange when it had changed last, by the time of that scan
     * @param lastAcknowledgement when Kafka last acknowledged a batch of its rows
     * @param held deletions deferred, or rows of a database that is gone; null when there are none
     * @param errors what stands in its way, and remarks
     * @param verification the last one; null before the first
     */
    public record DatabaseStatus(String path, String nodeName, Instant lastScan, long rows, Instant lastChange,
            Instant lastAcknowledgement, Held held, List<StandingProblem> errors, LastVerification verification) {
        public DatabaseStatus {
            errors = List.copyOf(errors);
        }
    }

    /**
     * Deletions that wait for confirmation.
     *
     * @param rows how many
     * @param databaseGone whether the whole database is gone
     * @param scans scans in a row that missed the same rows
     * @param confirmed whether an operator has confirmed them and the agent has not carried that out yet
     */
    public record Held(long rows, boolean databaseGone, int scans, boolean confirmed) {}

    /**
     * What came of reading a node whole and comparing it with the table.
     *
     * @param asOf when the node had been read
     * @param startedBy why: {@code schedule}, {@code command}, {@code new_state}, {@code repair}
     * @param rows how many rows the node held
     * @param digest of them, in 64 hexadecimal digits
     * @param answer what was found; null while nobody has answered
     * @param repaired what was done about the verification before
     */
    public record LastVerification(Instant asOf, String startedBy, long rows, String digest, VerificationAnswer answer,
            NodeDigest.Repaired repaired) {}

    /**
     * What was found.
     *
     * @param outcome {@code equal}, {@code unsettled}, {@code differs}, {@code contested}
     * @param verifiedAt when the table was read
     * @param tableRows how many rows it had of the node
     * @param repairing whether the agent publishes what differs, and verifies again
     */
    public record VerificationAnswer(String outcome, Instant verifiedAt, long tableRows, boolean repairing) {}

    /**
     * A problem that the last scan cycle had.
     *
     * @param path where
     * @param kind as logs and metrics show it
     * @param reason what happened
     * @param advice what the operator can do; null for a kind that this release does not know
     * @param since the scan cycle that had it first
     */
    public record StandingProblem(String path, String kind, String reason, String advice, Instant since) {}
}
