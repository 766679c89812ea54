package io.tokensync.common.receipt;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.tokensync.common.session.EnrichCounts;
import io.tokensync.common.session.ScanCounts;
import io.tokensync.common.session.ScanProblem;
import io.tokensync.common.session.WriteCounts;

/**
 * What a stage says it has done. Those of an agent are sent when the broker has acknowledged what they count, and may come
 * twice; those of the other stages are in the same transaction as their output and offsets, and come once. When it was
 * done is the timestamp of the Kafka record.
 */
public sealed interface Receipt {
    /**
     * The machine that the rows are of; also the record key, so that all of a machine is in one partition. Blank when
     * nobody knows.
     */
    String sourceIp();

    /**
     * A scan cycle over the databases has begun.
     *
     * @param found how many databases there are
     * @param toRead how many of them have changed and are read
     */
    record ScanCycleStarted(String sessionId, String sourceIp, Instant startedAt, int found,
            int toRead) implements Receipt {
        public ScanCycleStarted {
            Objects.requireNonNull(sessionId, "session_id");
            Objects.requireNonNull(sourceIp, "source_ip");
            Objects.requireNonNull(startedAt, "started_at");
        }
    }

    /**
     * A page of a database has been published, or its scan is over.
     *
     * @param startedAt when the scan of the database began
     * @param lastModified newest modification of the database
     * @param scan everything since then, not only this page: of two receipts the one with more is the later
     * @param versions the records of this page
     * @param ended whether the scan of the database is over
     * @param problem why it broke off; null when it did not
     */
    record DatabaseScanned(ReceiptScope scope, Instant startedAt, Instant lastModified, ScanCounts scan,
            VersionSet versions, boolean ended, ScanProblem problem) implements Receipt {
        public DatabaseScanned {
            Objects.requireNonNull(scope, "scope");
            Objects.requireNonNull(startedAt, "started_at");
            Objects.requireNonNull(scan, "scan");
            Objects.requireNonNull(versions, "versions");
        }

        @Override
        public String sourceIp() {
            return scope.sourceIp();
        }
    }

    /**
     * A database is gone for good, as the operator has confirmed, and its rows are deleted.
     *
     * @param scope the database, and the scan cycle that has deleted its rows
     */
    record DatabaseGone(ReceiptScope scope) implements Receipt {
        public DatabaseGone {
            Objects.requireNonNull(scope, "scope");
        }

        @Override
        public String sourceIp() {
            return scope.sourceIp();
        }
    }

    /**
     * A scan cycle is over; found = read + unchanged + failed.
     *
     * @param problems what could not be read, at most 100
     */
    record ScanCycleEnded(String sessionId, String sourceIp, Instant startedAt, int found, int read, int unchanged,
            int failed, List<ScanProblem> problems) implements Receipt {
        public ScanCycleEnded {
            Objects.requireNonNull(sessionId, "session_id");
            Objects.requireNonNull(sourceIp, "source_ip");
            Objects.requireNonNull(startedAt, "started_at");
            problems = List.copyOf(problems);
        }
    }

    /**
     * A batch of the enricher, as far as it is of this database.
     *
     * @param counts what became of the records
     * @param versions the records that were handled
     * @param dead those of them that were dead-lettered
     */
    record Enriched(ReceiptScope scope, EnrichCounts counts, VersionSet versions, VersionSet dead) implements Receipt {
        public Enriched {
            Objects.requireNonNull(scope, "scope");
            Objects.requireNonNull(counts, "counts");
            Objects.requireNonNull(versions, "versions");
            Objects.requireNonNull(dead, "dead");
        }

        @Override
        public String sourceIp() {
            return scope.sourceIp();
        }
    }

    /**
     * A batch of the writer, as far as it is of this database.
     *
     * @param counts what became of the records
     * @param versions the records that were handled; of those that were not dead-lettered the table has the state
     */
    record Written(ReceiptScope scope, WriteCounts counts, VersionSet versions) implements Receipt {
        public Written {
            Objects.requireNonNull(scope, "scope");
            Objects.requireNonNull(counts, "counts");
            Objects.requireNonNull(versions, "versions");
        }

        @Override
        public String sourceIp() {
            return scope.sourceIp();
        }
    }

    /**
     * Records that were dead-lettered because they cannot be read, and whose key and header tell which they are. The session
     * and the database are those whose scan has published these versions.
     *
     * @param stage who put them aside
     * @param reason code of the reason
     * @param versions the records
     */
    record Unread(String stage, String sourceIp, String nodeName, String reason, VersionSet versions)
            implements
                Receipt {
        public Unread {
            Objects.requireNonNull(stage, "stage");
            Objects.requireNonNull(sourceIp, "source_ip");
            Objects.requireNonNull(nodeName, "node_name");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(versions, "versions");
        }
    }

    /**
     * Records that were dead-lettered and cannot be read so far as to tell whose they are.
     *
     * @param stage who did
     * @param deadLetters how many, by code of the reason
     */
    record DeadLettered(String stage, Map<String, Long> deadLetters) implements Receipt {
        public DeadLettered {
            Objects.requireNonNull(stage, "stage");
            deadLetters = Map.copyOf(deadLetters);
        }

        @Override
        public String sourceIp() {
            return "";
        }
    }
}
