package io.tokensync.writer.handler;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.kafka.ContentRetry;
import io.tokensync.common.kafka.deadletter.DeadLetter;
import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.NodeGeneration;
import io.tokensync.common.model.Provenance;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenKind;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.model.TokenTransaction;
import io.tokensync.common.model.TransactionCheck;
import io.tokensync.common.model.VersionBounds;
import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.ReceiptScope;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.serde.RecordIntake;
import io.tokensync.common.serde.RecordLabel;
import io.tokensync.common.serde.TokenRecordSerde;
import io.tokensync.common.session.WriteCounts;
import io.tokensync.writer.batch.BatchWriter;
import io.tokensync.writer.batch.Received;
import io.tokensync.writer.batch.Records;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.batch.TokenBatch;
import io.tokensync.writer.batch.WriteOutcome;
import io.tokensync.writer.batch.WriteOutcome.Rejected;

import static io.tokensync.writer.batch.Records.upsert;
import static io.tokensync.writer.handler.HandlerOutput.DEAD;
import static io.tokensync.writer.handler.HandlerOutput.RECEIPTS;
import static io.tokensync.writer.handler.HandlerOutput.dead;
import static io.tokensync.writer.handler.HandlerOutput.header;
import static io.tokensync.writer.handler.HandlerOutput.read;
import static io.tokensync.writer.handler.HandlerOutput.receipts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class WriteHandlerTest {
    private static final Instant NOW = Instant.ofEpochSecond(10);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final WriteProgress progress = new WriteProgress();
    private final List<TokenBatch> written = new ArrayList<>();
    private BatchWriter writer = batch -> {
        written.add(batch);
        return Records.inserted(batch);
    };

    @Test
    void recordsAreSupersededAndWritten() throws Exception {
        assertThat(handle(upsert("a", 1, "x"), upsert("b", 1, "y"), upsert("a", 2, "z"))).isEmpty();
        assertThat(written).singleElement().extracting(TokenBatch::size).isEqualTo(2);
        assertThat(progress.snapshot()).isEqualTo(new WriteProgress.Snapshot(3, 2, 0, 0, 0, 1, 0, 0));
        assertThat(registry.find(MetricNames.WRITER_RECORDS.id()).counters().stream().mapToDouble(c -> c.count()).sum())
                .isEqualTo(3);
    }

    @Test
    void bytesThatAreNoRecordBecomeADeadLetterWithTheseBytes() throws Exception {
        byte[] bytes = "{no json".getBytes(StandardCharsets.UTF_8);
        ConsumerRecord<byte[], byte[]> source = new ConsumerRecord<>(Records.TOPIC, 3, 17, null, bytes);
        List<ProducerRecord<byte[], byte[]>> dead = dead(handler().handle(List.of(source)));
        DeadLetter deadLetter = read(dead.getFirst());
        assertThat(dead.getFirst().topic()).isEqualTo(DEAD);
        assertThat(deadLetter.payload()).isSameAs(bytes);
        assertThat(deadLetter.reason()).isEqualTo("unreadable_record");
        assertThat(deadLetter.origin()).isInstanceOfSatisfying(DeadLetter.FromTopic.class, from -> {
            assertThat(from.partition()).isEqualTo(3);
            assertThat(from.offset()).isEqualTo(17);
        });
        assertThat(progress.snapshot().deadLettered()).isOne();
    }

    @Test
    void aTombstoneIsADeadLetterToo() throws Exception {
        List<ProducerRecord<byte[], byte[]>> output = handler()
                .handle(List.of(new ConsumerRecord<>(Records.TOPIC, 0, 0, new byte[1], null)));
        assertThat(dead(output)).hasSize(1);
        assertThat(receipts(output))
                .containsExactly(new Receipt.DeadLettered("writer", Map.of("unreadable_record", 1L)));
    }

    @Test
    void aRecordThatCannotBeReadIsNamedByItsLabel() throws Exception {
        TokenRecord lost = upsert("lost", 42, "d");
        ConsumerRecord<byte[], byte[]> source = new ConsumerRecord<>(Records.TOPIC, 0, 0, lost.key().toRecordKey(),
                new byte[]{'{'});
        RecordLabel.put(new ProducerRecord<>(Records.TOPIC, null), lost).headers().forEach(source.headers()::add);
        assertThat(receipts(handler().handle(List.of(source)))).containsExactly(
                new Receipt.Unread("writer", lost.key().sourceIp(), lost.key().nodeName(), "unreadable_record",
                        VersionSet.of(42)));
    }

    @Test
    void aRecordUnderTheKeyOfAnotherRowIsNotSentToTheDatabase() throws Exception {
        TokenRecord forged = upsert("forged", 42, "d");
        TokenKey other = new TokenKey("10.9.9.9", forged.key().nodeName(), forged.key().tokenId());
        ConsumerRecord<byte[], byte[]> source = new ConsumerRecord<>(Records.TOPIC, 0, 0, other.toRecordKey(),
                TokenRecordSerde.write(forged));
        List<ProducerRecord<byte[], byte[]>> output = handler().handle(List.of(source));
        assertThat(read(dead(output).getFirst()).reason()).isEqualTo("key_mismatch");
        assertThat(written).allMatch(TokenBatch::isEmpty);
        assertThat(receipts(output)).containsExactly(new Receipt.DeadLettered("writer", Map.of("key_mismatch", 1L)));
    }

    @Test
    void whatTheColumnsCannotHoldIsNotSentToTheDatabase() throws Exception {
        assertThat(reasonFor(upsert("x".repeat(501), 1, "d"))).isEqualTo("token_id_too_long");
        assertThat(reasonFor(upsert("x ", 1, "d"))).isEqualTo("token_id_trailing_blank");
        assertThat(reasonFor(upsert("x", 1, "d".repeat(1001)))).isEqualTo("field_too_long");
        TokenRow named = new TokenRow("d", "0", "n".repeat(51), null, null, TokenKind.WHOLE, NodeGeneration.V1, null,
                null, null, null, null, List.of());
        assertThat(reasonFor(upsert(new TokenKey("1", "n", "t"), 1, named, Content.absent())))
                .isEqualTo("field_too_long");
        assertThat(reasonFor(of("i".repeat(1001), "o", Records.T0))).isEqualTo("field_too_long");
        assertThat(reasonFor(of("i", "o".repeat(1001), Records.T0))).isEqualTo("field_too_long");
        assertThat(reasonFor(of("i", "o", Instant.MAX))).isEqualTo("sql_rejected");
        assertThat(reasonFor(at(new TokenKey("1".repeat(46), "n", "t")))).isEqualTo("field_too_long");
        assertThat(reasonFor(at(new TokenKey("1", "n ", "t")))).isEqualTo("sql_rejected");
        assertThat(reasonFor(at(new TokenKey("1", "n".repeat(256), "t")))).isEqualTo("field_too_long");
        assertThat(reasonFor(upsert(new TokenKey("1", "n", "t"), 1, Records.row("d"),
                new Content.Failed(1, "e".repeat(1001))))).isEqualTo("field_too_long");
        assertThat(written).allMatch(TokenBatch::isEmpty);
    }

    @Test
    void whatTheDatabaseRejectsCarriesItsNumberStateAndCause() throws Exception {
        SqlFailure cause = new SqlFailure(FailureKind.POISON, 2628, "S0001", "a text would be truncated", null)
                .of("did");
        writer = rejecting(cause);
        ProducerRecord<byte[], byte[]> dead = handle(upsert("a", 1, "x")).getFirst();
        assertThat(header(dead, "sql_column")).isEqualTo("did");
        assertThat(header(dead, "sql_number")).isEqualTo("2628");
        assertThat(header(dead, "sql_state")).isEqualTo("S0001");
        assertThat(read(dead).reason()).isEqualTo("sql_rejected");
        assertThat(read(dead).detail()).contains("2628", "truncated");
        assertThat(progress.snapshot()).isEqualTo(new WriteProgress.Snapshot(1, 0, 0, 0, 0, 0, 1, 0));
    }

    @Test
    void aRecordThatIsRejectedAgainKeepsNothingOfItsLastDeadLetter() throws Exception {
        writer = rejecting(new SqlFailure(FailureKind.POISON, 547, null, "a constraint rejects the row", null));
        List<ConsumerRecord<byte[], byte[]>> sources = sources(upsert("a", 1, "x"));
        sources.getFirst().headers().add("sql_number", new byte[]{'1'}).add("sql_column", new byte[]{'x'});
        ProducerRecord<byte[], byte[]> dead = dead(handler().handle(sources)).getFirst();
        assertThat(dead.headers().headers("sql_number")).hasSize(1);
        assertThat(dead.headers().headers("sql_column")).isEmpty();
    }

    private static BatchWriter rejecting(SqlFailure cause) {
        return batch -> new WriteOutcome(Map.of(),
                batch.records().stream().map(received -> new Rejected(received, cause)).toList());
    }

    @Test
    void theReceiptSummariesForEveryRecordOfItsDatabase() throws Exception {
        SqlFailure cause = new SqlFailure(FailureKind.POISON, 2628, "S0001", "a text would be truncated", null);
        writer = batch -> {
            List<Rejected> rejected = batch.records().stream()
                    .filter(received -> received.record().key().tokenId().equals("poison"))
                    .map(received -> new Rejected(received, cause)).toList();
            TokenBatch rest = TokenBatch
                    .of(batch.records().stream().filter(r -> !r.record().key().tokenId().equals("poison")).toList());
            return new WriteOutcome(Records.inserted(rest).byOrigin(), rejected);
        };
        List<ConsumerRecord<byte[], byte[]>> sources = new ArrayList<>(sources(upsert("a", 1, "x"), upsert("a", 2, "y"),
                upsert("poison", 3, "z"), upsert("b", 4, "x"), upsert("x".repeat(501), 5, "d"),
                upsert("b", 1, "late")));
        sources.getLast().headers().add(ContentRetry.HEADER, new byte[]{'1'});
        assertThat(receipts(handler().handle(sources))).containsExactly(new Receipt.Written(
                new ReceiptScope(Records.SESSION, "10.0.0.1", "node1", "/data/node1/Rubix/rubix.db"),
                new WriteCounts(2, 0, 0, 0, 1, Map.of("sql_rejected", 1L, "token_id_too_long", 1L), 1, 0),
                VersionSet.range(1, 6)));
    }

    @Test
    void rowsOfSeveralSessionsAreCountedApartEachForItsNewestRecord() throws Exception {
        TokenRecord old = upsert("a", 1, "x");
        TokenRecord late = new TokenRecord(old.key(), 7, Records.provenance(Records.LATER_SESSION), old.change(),
                old.content(), null);
        assertThat(receipts(handler().handle(sources(old, late)))).extracting(receipt -> ((Receipt.Written) receipt))
                .extracting(receipt -> receipt.scope().sessionId(), receipt -> receipt.counts().inserted(),
                        receipt -> receipt.counts().superseded())
                .containsExactlyInAnyOrder(tuple(Records.SESSION, 0L, 1L), tuple(Records.LATER_SESSION, 1L, 0L));
    }

    @Test
    void aRecordThatTheLoopDeadLettersHasAReceiptToo() throws Exception {
        WriteHandler handler = handler();
        ConsumerRecord<byte[], byte[]> garbage = new ConsumerRecord<>(Records.TOPIC, 0, 0, new byte[1], new byte[1]);
        assertThat(receipts(handler.deadLetter(sources(upsert("a", 9, "x")).getFirst()))).singleElement()
                .isInstanceOfSatisfying(Receipt.Written.class, receipt -> {
                    assertThat(receipt.counts().deadLettered()).isOne();
                    assertThat(receipt.counts().rows()).isOne();
                    assertThat(receipt.versions()).isEqualTo(VersionSet.of(9));
                });
        assertThat(receipts(handler.deadLetter(garbage)))
                .containsExactly(new Receipt.DeadLettered("writer", Map.of("record_rejected", 1L)));
    }

    @Test
    void aVersionThatWouldFreezeItsRowIsADeadLetter() throws Exception {
        for (TokenRecord frozen : List.of(upsert("a", Long.MAX_VALUE, "x"), Records.delete("a", Long.MAX_VALUE),
                upsert("a", VersionBounds.believedAt(NOW).record() + 1, "x"),
                with(new Content.Failed(Long.MAX_VALUE, "timeout: x")),
                with(new Content.Fetched(Long.MAX_VALUE, "", "kubo", null)))) {
            List<ProducerRecord<byte[], byte[]>> output = handler().handle(sources(frozen));
            assertThat(read(dead(output).getFirst()).reason()).isEqualTo("version_implausible");
            assertThat(receipts(output)).singleElement().isInstanceOf(Receipt.DeadLettered.class);
        }
        assertThat(written).allMatch(TokenBatch::isEmpty);
        assertThat(handle(upsert("a", VersionBounds.believedAt(NOW).record(), "x"))).isEmpty();
    }

    @Test
    void aReceiptThatCannotBeIsLeftOutAndTheRowIsWritten() throws Exception {
        TokenRecord row = upsert("a", 1, "x");
        TokenRecord odd = new TokenRecord(row.key(), 1, new Provenance(Records.SESSION, "/nul\0", null, Records.T0),
                row.change(), row.content(), null);
        assertThat(handler().handle(sources(odd))).isEmpty();
        assertThat(written).singleElement().extracting(TokenBatch::size).isEqualTo(1);
    }

    private static TokenRecord with(Content content) {
        return upsert(new TokenKey("10.0.0.1", "node1", "a"), 1, Records.row("d"), content);
    }

    @Test
    void nothingIsUnwrittenForEverWhenABatchIsAbandoned() {
        writer = _ -> {
            assertThat(oldestUnwritten()).isPositive();
            throw new InterruptedException("partitions taken away");
        };
        assertThatThrownBy(() -> handle(upsert("a", 1, "x"))).isInstanceOf(InterruptedException.class);
        assertThat(oldestUnwritten()).isZero();
    }

    private double oldestUnwritten() {
        return registry.get(MetricNames.WRITER_OLDEST_UNWRITTEN_AGE.id()).gauge().value();
    }

    private String reasonFor(TokenRecord record) throws Exception {
        return read(handle(record).getFirst()).reason();
    }

    private static TokenRecord of(String initiator, String owner, Instant time) {
        TokenRow row = new TokenRow("d", "0", "free", null, null, TokenKind.WHOLE, NodeGeneration.V1, null, null, null,
                "tx", new TokenTransaction(TransactionCheck.VERIFIED, initiator, owner, time), List.of());
        return upsert(new TokenKey("1", "n", "t"), 1, row, Content.absent());
    }

    private static TokenRecord at(TokenKey key) {
        return upsert(key, 1, Records.row("d"), Content.absent());
    }

    private List<ProducerRecord<byte[], byte[]>> handle(TokenRecord... records) throws Exception {
        return dead(handler().handle(sources(records)));
    }

    private static List<ConsumerRecord<byte[], byte[]>> sources(TokenRecord... records) {
        return Records.received(List.of(records)).stream().map(Received::source).toList();
    }

    private WriteHandler handler() {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return new WriteHandler(new RecordIntake(clock), batch -> writer.write(batch), DEAD, RECEIPTS,
                new WriterMetrics(new Metrics(registry), progress, new StageStatus(clock),
                        clock));
    }
}
