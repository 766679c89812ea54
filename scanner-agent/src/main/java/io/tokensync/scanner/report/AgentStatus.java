package io.tokensync.scanner.report;

import java.time.Instant;
import java.util.List;

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
     */
    public record DatabaseStatus(String path, String nodeName, Instant lastScan, long rows, Instant lastChange,
            Instant lastAcknowledgement, Held held, List<StandingProblem> errors) {
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
