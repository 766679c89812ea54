package io.tokensync.common.serde;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

import io.tokensync.common.kafka.deadletter.DeadLetter;
import io.tokensync.common.kafka.topics.Topics;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.ReceiptScope;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.common.session.AgentSeen;
import io.tokensync.common.session.EnrichCounts;
import io.tokensync.common.session.InFlightCounts;
import io.tokensync.common.session.LatestDatabase;
import io.tokensync.common.session.ProcessedDatabase;
import io.tokensync.common.session.ScanCounts;
import io.tokensync.common.session.ScanProblem;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.SessionSummary;
import io.tokensync.common.session.SessionTotals;
import io.tokensync.common.session.StageSpan;
import io.tokensync.common.session.StandingProblem;
import io.tokensync.common.session.SyncSession;
import io.tokensync.common.session.Unmatched;
import io.tokensync.common.session.WriteCounts;
import io.tokensync.common.verification.BucketSums;
import io.tokensync.common.verification.NodeDigest;
import io.tokensync.common.verification.NodeVerdict;
import io.tokensync.common.verification.NodeVerdict.TableRow;
import io.tokensync.common.verification.Outcome;
import io.tokensync.common.verification.StartedBy;
import io.tokensync.testkit.golden.Golden;
import io.tokensync.testkit.golden.RecordText;

/** Keys, headers and values on the topics, byte for byte; what stands there is read by other releases and other programs. */
class TopicRecordsGoldenTest {
    private static final String SESSION = "5e550000-0000-4000-8000-000000000001";
    private static final String MACHINE = "10.0.0.1";
    private static final String PATH = "/n/é/Rubix/rubix.db";
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.1234567Z");
    private static final ReceiptScope SCOPE = new ReceiptScope(SESSION, MACHINE, "node1", PATH);
    private static final ScanProblem PROBLEM = new ScanProblem("read_failed", PATH, "disk I/O error");
    private static final ScanCounts SCAN = new ScanCounts(10, 2, 5, 1, 4, Map.of("token_id_missing", 2L), 1);
    private static final EnrichCounts ENRICHED = new EnrichCounts(3, Map.of("timeout", 1L), 1,
            Map.of("record_rejected", 1L), 2);
    private static final WriteCounts WRITTEN = new WriteCounts(1, 2, 3, 4, 5, Map.of("sql_rejected", 6L), 7, 8);
    private static final StageSpan SPAN = new StageSpan(AT, AT.plusSeconds(9));

    @Test
    void receiptsOfEveryStageAndKind() {
        List<Receipt> receipts = List.of(new Receipt.ScanCycleStarted(SESSION, MACHINE, AT, 3, 2),
                new Receipt.DatabaseScanned(SCOPE, AT, null, SCAN, VersionSet.of(), false, null),
                new Receipt.DatabaseScanned(SCOPE, AT, AT.plusSeconds(1), SCAN, VersionSet.range(100, 106), true,
                        PROBLEM),
                new Receipt.DatabaseGone(SCOPE),
                new Receipt.ScanCycleEnded(SESSION, MACHINE, AT, 3, 1, 1, 1, List.of(PROBLEM)),
                new Receipt.ScanCycleEnded(SESSION, MACHINE, AT, 0, 0, 0, 0, List.of()),
                new Receipt.Enriched(SCOPE, ENRICHED, VersionSet.of(100, 101, 103, 104), VersionSet.of(101)),
                new Receipt.Enriched(SCOPE, EnrichCounts.NONE, VersionSet.of(100), VersionSet.of()),
                new Receipt.Unread("enricher", MACHINE, "node1", "unreadable_record", VersionSet.of(102)),
                new Receipt.DeadLettered("enricher", Map.of("unreadable_record", 3L)),
                new Receipt.Written(SCOPE, WRITTEN, VersionSet.range(100, 121)),
                new Receipt.Written(SCOPE, WriteCounts.NONE, VersionSet.of(100)),
                new Receipt.Unread("writer", MACHINE, "node1", "unreadable_record", VersionSet.of(100, 102)),
                new Receipt.DeadLettered("writer", Map.of("unreadable_record", 1L)));
        Golden.files().check("topics/sync.receipts.txt", RecordText.of(receipts.stream()
                .map(receipt -> ReceiptSerde.toRecord(Topics.RECEIPTS, receipt)).toList()));
    }

    @Test
    void sessions() {
        List<SessionSummary> summaries = new ArrayList<>(Arrays.stream(SessionStatus.values())
                .map(TopicRecordsGoldenTest::session).toList());
        summaries.add(new SyncSession(SESSION, MACHINE, 1, SessionStatus.RUNNING, AT, null, AT, null,
                SyncSession.Databases.NONE, ScanCounts.NONE, EnrichCounts.NONE, WriteCounts.NONE, StageSpan.NONE,
                StageSpan.NONE, StageSpan.NONE, InFlightCounts.NOTHING, List.of(), false));
        summaries.add(database());
        summaries.add(new ProcessedDatabase(SESSION, MACHINE, "node1", PATH, 1, SessionStatus.RUNNING, null, null, null,
                AT, null, ScanCounts.NONE, EnrichCounts.NONE, WriteCounts.NONE, InFlightCounts.NOTHING, null, false));
        summaries.add(new LatestDatabase(MACHINE, "node1", PATH, AT, 10, 2, AT, AT, SESSION, SessionStatus.COMPLETED));
        summaries.add(LatestDatabase.of(MACHINE, "node1", PATH));
        summaries.add(new AgentSeen(MACHINE, AT, AT.plusSeconds(1), 3,
                List.of(new StandingProblem("read_failed", PATH, "disk I/O error", AT, AT.plusSeconds(1))),
                new SessionTotals(2, SCAN, ENRICHED, WRITTEN)));
        summaries.add(new AgentSeen(MACHINE, AT, null, 0, List.of(), SessionTotals.NONE));
        summaries.add(new Unmatched(Map.of("unreadable_record", 3L), Map.of("writer", 4L), AT));
        Golden.files().check("topics/sync.sessions.txt", RecordText.of(summaries.stream()
                .map(summary -> new ProducerRecord<>(Topics.SESSIONS, SessionSummarySerde.key(summary),
                        SessionSummarySerde.write(summary)))
                .toList()));
    }

    @Test
    void digestsAndVerdictsOfNodes() {
        BucketSums.Builder rows = new BucketSums.Builder();
        rows.add("Qm1", 5);
        List<NodeDigest> digests = Arrays.stream(StartedBy.values())
                .map(startedBy -> new NodeDigest(MACHINE, "node|1", SESSION, SESSION, PATH, 100, AT, startedBy, true,
                        rows.sums().digest(), rows.sums().reduced(), new NodeDigest.Repaired(1, 2, 3)))
                .toList();
        Golden.files().check("topics/sync.digests.txt", RecordText.of(digests.stream()
                .map(digest -> VerificationSerde.toRecord(Topics.DIGESTS, digest)).toList()));
        List<NodeVerdict> verdicts = Arrays.stream(Outcome.values())
                .map(outcome -> new NodeVerdict(MACHINE, "node|1", SESSION, 100, AT, outcome, 7, 64, 1, 2,
                        List.of(3, 9),
                        List.of(new TableRow("Qmé", Long.MIN_VALUE, 99)), false))
                .toList();
        Golden.files().check("topics/sync.repairs.txt", RecordText.of(verdicts.stream()
                .map(verdict -> VerificationSerde.toRecord(Topics.REPAIRS, verdict)).toList()));
    }

    @Test
    void deadLettersOfRecordsAndOfRows() {
        ConsumerRecord<byte[], byte[]> rejected = new ConsumerRecord<>(Topics.SCANNED, 3, 41, bytes("key"),
                bytes("{\"é\":"));
        rejected.headers().add("schema_version", bytes("1"));
        DeadLetter ofRecord = DeadLetter.of("enricher", RejectionReason.UNREADABLE_RECORD, "the JSON is cut off",
                rejected);
        DeadLetter ofRow = new DeadLetter("scanner", "token_id_missing", "the row has no token_id",
                new DeadLetter.FromDatabase(PATH, "TokensTable", "17", "node1", MACHINE, SESSION), bytes("key"),
                bytes("{\"token_id\":null}"));
        ProducerRecord<byte[], byte[]> sent = ofRecord.toRecord(Topics.DEAD_LETTER);
        ConsumerRecord<byte[], byte[]> deadLetter = new ConsumerRecord<>(Topics.DEAD_LETTER, 0, 7, sent.key(),
                sent.value());
        sent.headers().forEach(deadLetter.headers()::add);
        Golden.files().check("topics/tokens.dead-letter.txt", RecordText.of(List.of(sent,
                ofRecord.withoutPayload().toRecord(Topics.DEAD_LETTER), ofRow.toRecord(Topics.DEAD_LETTER),
                ofRow.withoutPayload().toRecord(Topics.DEAD_LETTER),
                DeadLetter.read(deadLetter).orElseThrow().toOrigin(deadLetter))));
    }

    private static SyncSession session(SessionStatus status) {
        return new SyncSession(SESSION, MACHINE, 7, status, AT, AT.plusSeconds(1), AT.plusSeconds(2),
                AT.plusSeconds(3), new SyncSession.Databases(5, 2, 1, 2, 2), SCAN, ENRICHED, WRITTEN, SPAN, SPAN, SPAN,
                new InFlightCounts(1, 2, AT), List.of(PROBLEM), true);
    }

    private static ProcessedDatabase database() {
        return new ProcessedDatabase(SESSION, MACHINE, "node1", PATH, 7, SessionStatus.COMPLETED_WITH_ERRORS, AT,
                AT.plusSeconds(1), AT.minusSeconds(1), AT.plusSeconds(2), AT.plusSeconds(3), SCAN, ENRICHED, WRITTEN,
                new InFlightCounts(1, 2, AT), PROBLEM, true);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
