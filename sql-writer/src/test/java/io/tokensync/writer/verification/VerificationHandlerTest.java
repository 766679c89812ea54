package io.tokensync.writer.verification;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.retry.Delay;
import io.tokensync.common.retry.Retrier;
import io.tokensync.common.retry.RetryListener;
import io.tokensync.common.retry.RetryPolicy;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.serde.VerificationSerde;
import io.tokensync.common.verification.BucketSums;
import io.tokensync.common.verification.NodeDigest;
import io.tokensync.common.verification.NodeVerdict;
import io.tokensync.common.verification.NodeVerdict.TableRow;
import io.tokensync.common.verification.Outcome;
import io.tokensync.writer.batch.BatchWriter;
import io.tokensync.writer.batch.OwnThread;
import io.tokensync.writer.batch.Records;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.SqliteDatabases;
import io.tokensync.writer.jdbc.Table;
import io.tokensync.writer.schema.Schema;
import io.tokensync.writer.verification.VerificationHandler.Topics;
import io.tokensync.writer.verification.jdbc.VerifierDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/** Digests of a scripted agent against a table of SQLite. */
class VerificationHandlerTest {
    private static final long NEW = 1_000;

    /** What is done while the fence is passed. */
    @FunctionalInterface
    private interface Arriving {
        void run() throws Exception;
    }

    private final Clock clock = Clock.fixed(Instant.parse("2026-03-29T03:00:00Z"), ZoneOffset.UTC);
    private final OwnThread thread = new OwnThread("test-verification", Duration.ofSeconds(10));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<TokenRecord> records = new ArrayList<>(IntStream.range(0, 300)
            .mapToObj(i -> Records.upsert("t" + i, i + 1L, "did")).toList());
    private Database database;
    private BatchWriter writer;
    private Table table;
    private VerificationHandler handler;
    private Arriving arriving = () -> {};
    private int fences;

    @BeforeEach
    void open() throws Exception {
        database = Database.open(SqliteDatabases.fresh(), 1);
        new Schema(database).migrate();
        table = new Table(database.dataSource());
        writer = database.batchWriter();
        writer.write(Records.batch(records));
        VerifierDatabase verifier = VerifierDatabase.of(database);
        SqlRunner sql = new SqlRunner(thread, new Retrier(RetryPolicy.standard(), _ -> FailureKind.FATAL,
                new StageStatus(clock), RetryListener.NONE, clock, Delay.sleeping(_ -> {}),
                RandomGenerator.getDefault()));
        Fence fence = new Fence(List.of(new Fence.Hop("g", "t")), _ -> {
            fences++;
            try {
                arriving.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return List.of();
        }, new StageStatus(clock), _ -> {}, clock);
        VerificationMetrics metrics = new VerificationMetrics(new Metrics(registry));
        handler = new VerificationHandler(
                new Verifier(verifier.table(), verifier.store(), sql, fence, metrics, clock),
                new VerificationUpkeep(verifier.store(), sql, metrics, Duration.ofDays(90), clock),
                new Topics("writer", "dead", "repairs"));
    }

    @AfterEach
    void close() {
        thread.close();
        database.close();
    }

    @Test
    void aTableThatIsEqualIsSoAtOnce() throws Exception {
        NodeVerdict verdict = only(verify(Digests.of(NEW, records)));
        assertThat(verdict.outcome()).isEqualTo(Outcome.EQUAL);
        assertThat(verdict.tableRows()).isEqualTo(300);
        assertThat(verdict.rows()).isEmpty();
        assertThat(verdict.complete()).isTrue();
        assertThat(fences).isZero();
        assertThat(outcomes()).containsExactly("equal");
        assertThat(registry.get("tokensync.writer.verifications").tag("outcome", "equal").counter().count()).isOne();
        assertThat(registry.get("tokensync.writer.rows.verified").counter().count()).isEqualTo(300);
        assertThat(registry.get("tokensync.writer.nodes").tag("standing", "verified").gauge().value()).isOne();
    }

    @Test
    void whatIsOnItsWayIsWaitedFor() throws Exception {
        TokenRecord late = Records.upsert("late", NEW, "did");
        records.add(late);
        arriving = () -> writer.write(Records.batch(late));
        assertThat(only(verify(Digests.of(NEW, records))).outcome()).isEqualTo(Outcome.EQUAL);
        assertThat(fences).isOne();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "UPDATE dbo.TokenRecords SET did = 'x' WHERE token_id = 't7'; t7",
            "DELETE FROM dbo.TokenRecords WHERE token_id = 't7'; t7",
            "UPDATE dbo.TokenRecords SET token_id = 'by hand' WHERE token_id = 't7'; by hand"})
    void whatIsChangedByHandDiffersAndTheRowsOfItsBucketsAreTold(String change, String token) throws Exception {
        table.run(change);
        NodeDigest digest = Digests.of(NEW, records);
        NodeVerdict verdict = only(verify(digest));
        assertThat(verdict.outcome()).isEqualTo(Outcome.DIFFERS);
        assertThat(verdict.differing()).contains(BucketSums.bucket("t7", verdict.buckets()),
                BucketSums.bucket(token, verdict.buckets()));
        assertThat(verdict.rows().stream().map(row -> BucketSums.bucket(row.tokenId(), verdict.buckets())).distinct())
                .isSubsetOf(verdict.differing());
        assertThat(verdict.rows().stream().map(TableRow::tokenId).anyMatch(token::equals))
                .isEqualTo(!change.startsWith("DELETE"));
        assertThat(verdict.complete()).isTrue();
        assertThat(verdict.agentId()).isEqualTo(digest.agentId());
        assertThat(verdict.watermark()).isEqualTo(NEW);
        assertThat(outcomes()).containsExactly("differs");
        assertThat(registry.get("tokensync.writer.nodes").tag("standing", "differing").gauge().value()).isOne();
    }

    @Test
    void aTruncatedTableDiffersEverywhere() throws Exception {
        table.run("DELETE FROM dbo.TokenRecords");
        NodeVerdict verdict = only(verify(Digests.of(NEW, records)));
        assertThat(verdict.outcome()).isEqualTo(Outcome.DIFFERS);
        assertThat(verdict.differing()).hasSizeGreaterThan(60);
        assertThat(verdict.rows()).isEmpty();
        assertThat(verdict.tableRows()).isZero();
    }

    @Test
    void whoWantsNoRepairIsNotToldTheRows() throws Exception {
        table.run("UPDATE dbo.TokenRecords SET did = 'x'");
        NodeDigest it = Digests.of(NEW, records);
        NodeVerdict verdict = only(verify(new NodeDigest(it.sourceIp(), it.nodeName(), it.agentId(), it.sessionId(),
                it.dbPath(), it.watermark(), it.asOf(), it.startedBy(), false, it.digest(), it.buckets(),
                it.repaired())));
        assertThat(verdict.outcome()).isEqualTo(Outcome.DIFFERS);
        assertThat(verdict.rows()).isEmpty();
        assertThat(verdict.differing()).isEmpty();
    }

    @Test
    void whatHasChangedSinceTheAgentLookedIsLeftToTheNextTime() throws Exception {
        NodeDigest digest = Digests.of(NEW, records);
        writer.write(Records.batch(Records.upsert("t7", NEW + 1, "another")));
        assertThat(only(verify(digest)).outcome()).isEqualTo(Outcome.UNSETTLED);
        table.run("UPDATE dbo.TokenRecords SET did = 'x' WHERE token_id = 't8'");
        NodeVerdict both = only(verify(Digests.of(NEW - 1, records)));
        assertThat(both.outcome()).isEqualTo(Outcome.DIFFERS);
        assertThat(both.differing()).containsExactly(BucketSums.bucket("t8", both.buckets()));
        assertThat(both.complete()).isFalse();
        assertThat(table.query("SELECT buckets_differing || '|' || buckets_unsettled FROM dbo.NodeVerifications"
                + " ORDER BY watermark")).containsExactly("2|1", "1|1");
    }

    /** Nothing that comes later would win over it, so to wait would be for ever. */
    @Test
    void aVersionFarAheadOfTheClockIsNothingNewer() throws Exception {
        table.run("UPDATE dbo.TokenRecords SET did = 'x', record_version = 4000000000000000 WHERE token_id = 't7'");
        NodeVerdict verdict = only(verify(Digests.of(NEW, records)));
        assertThat(verdict.outcome()).isEqualTo(Outcome.DIFFERS);
        assertThat(verdict.rows()).anyMatch(row -> row.version() == 4_000_000_000_000_000L);
    }

    @Test
    void twoAgentsThatTakeTurnsContestTheNode() throws Exception {
        table.run("UPDATE dbo.TokenRecords SET did = 'x'");
        BucketSums sums = Digests.sums(Digests.NODE, records);
        assertThat(only(verify(Digests.of(Digests.AGENT, NEW, sums))).outcome()).isEqualTo(Outcome.DIFFERS);
        assertThat(only(verify(Digests.of(Digests.OTHER_AGENT, NEW + 1, sums))).outcome()).isEqualTo(Outcome.DIFFERS);
        NodeVerdict contested = only(verify(Digests.of(Digests.AGENT, NEW + 2, sums)));
        assertThat(contested.outcome()).isEqualTo(Outcome.CONTESTED);
        assertThat(contested.rows()).isEmpty();
    }

    @Test
    void whoseTurnItIsIsLookedForInTheLatestVerifications() {
        String one = Digests.AGENT;
        String other = Digests.OTHER_AGENT;
        assertThat(Verifier.isContested(one, List.of())).isFalse();
        assertThat(Verifier.isContested(one, List.of(one, one, other))).as("a new state").isFalse();
        assertThat(Verifier.isContested(one, List.of(other, other))).as("the first of a new state").isFalse();
        assertThat(Verifier.isContested(one, List.of(other, one))).isTrue();
        assertThat(Verifier.isContested(one, List.of(one, one, other, one))).isTrue();
        assertThat(Verifier.isContested(one, List.of(one, one, one, other))).as("long ago").isFalse();
    }

    @Test
    void ofSeveralDigestsOfANodeTheLatestCounts() throws Exception {
        List<ProducerRecord<byte[], byte[]>> output = verify(Digests.of(NEW - 1, List.of()), Digests.of(NEW, records));
        assertThat(only(output).outcome()).isEqualTo(Outcome.EQUAL);
        assertThat(only(output).watermark()).isEqualTo(NEW);
    }

    @Test
    void whatIsNoDigestOrIsOfAnotherNodeThanItsKeyIsDeadLettered() throws Exception {
        ProducerRecord<byte[], byte[]> good = VerificationSerde.toRecord("digests", Digests.of(NEW, records));
        List<ProducerRecord<byte[], byte[]>> output = handler.handle(List.of(
                new ConsumerRecord<>("digests", 0, 0, good.key(), new byte[]{'{'}),
                new ConsumerRecord<>("digests", 0, 1, new byte[]{'k'}, good.value()),
                new ConsumerRecord<>("digests", 0, 2, good.key(), null)));
        assertThat(output).hasSize(2).allMatch(record -> record.topic().equals("dead"));
        assertThat(outcomes()).isEmpty();
    }

    @Test
    void theSameDigestAgainIsAnsweredAgainAndRememberedOnce() throws Exception {
        NodeVerdict first = only(verify(Digests.of(NEW, records)));
        assertThat(only(verify(Digests.of(NEW, records)))).isEqualTo(first);
        assertThat(outcomes()).containsExactly("equal");
    }

    private List<ProducerRecord<byte[], byte[]>> verify(NodeDigest... digests) throws Exception {
        List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
        for (NodeDigest digest : digests) {
            ProducerRecord<byte[], byte[]> record = VerificationSerde.toRecord("digests", digest);
            batch.add(new ConsumerRecord<>("digests", 0, batch.size(), record.key(), record.value()));
        }
        return handler.handle(batch);
    }

    private static NodeVerdict only(List<ProducerRecord<byte[], byte[]>> output) throws Exception {
        assertThat(output).singleElement().extracting(ProducerRecord::topic).isEqualTo("repairs");
        return VerificationSerde.readVerdict(output.getFirst().value());
    }

    private List<Object> outcomes() throws Exception {
        return table.query("SELECT outcome FROM dbo.NodeVerifications");
    }
}
