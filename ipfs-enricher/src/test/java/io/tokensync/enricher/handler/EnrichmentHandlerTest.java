package io.tokensync.enricher.handler;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.common.kafka.deadletter.DeadLetter;
import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.common.serde.ReceiptSerde;
import io.tokensync.common.serde.TokenRecordSerde;
import io.tokensync.common.serde.UnreadableRecordException;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.Sample;
import io.tokensync.enricher.retry.RetryRequest;
import io.tokensync.ipfs.Cid;

import static io.tokensync.enricher.handler.HandlerFixture.LONGEST_WAIT;
import static io.tokensync.enricher.handler.HandlerFixture.NOW;
import static io.tokensync.enricher.handler.HandlerFixture.asConsumed;
import static io.tokensync.enricher.handler.HandlerFixture.batch;
import static io.tokensync.enricher.handler.HandlerFixture.fetched;
import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of the rows of a batch, beside their content. */
class EnrichmentHandlerTest {
    private static final Sample ONE = Sample.of("001" + "c".repeat(64));

    private final HandlerFixture handlers = new HandlerFixture();

    @AfterEach
    void close() {
        handlers.close();
    }

    @Test
    void withoutAnotherSourceTheRowPassesAtOnce() throws Exception {
        List<ProducerRecord<byte[], byte[]>> output = handlers.rows(Optional.empty(), LONGEST_WAIT)
                .handle(batch(Records.of(ONE)));
        assertThat(Records.read(output.getFirst()).content()).isEqualTo(
                new Content.Failed(NOW, "not_found: the record has no block, and no other source is configured"));
    }

    @Test
    void aRowThatPassesWithoutContentLeavesARequest() throws Exception {
        TokenRecord row = claiming(Records.of(ONE), "forged");
        List<ProducerRecord<byte[], byte[]>> output = handlers.rows().handle(batch(row));
        assertThat(output).extracting(ProducerRecord::topic).containsExactly("enriched", "retry-1", "receipts");
        ConsumerRecord<byte[], byte[]> left = asConsumed(output.get(1));
        assertThat(read(left)).isEqualTo(new RetryRequest(row.withContent(Content.absent()), 0));
        assertThat(RetryRequest.dueAt(left)).isBetween(NOW + 60_000, NOW + 66_000);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNDECODABLE", "NOT_VERIFIABLE"})
    void whatTheBlockItselfSaysIsNotAskedForAgain(ContentFailure reason) throws Exception {
        handlers.source.fails(ONE.cid(), reason);
        assertThat(handlers.rows().handle(batch(Records.of(ONE))))
                .extracting(ProducerRecord::topic)
                .containsExactly("enriched", "receipts");
    }

    @Test
    void theOrderOfABatchIsKept() throws Exception {
        List<TokenRecord> records = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Sample sample = Sample.of("content " + i);
            handlers.source.has(sample.cid(), sample);
            records.add(switch (i % 4) {
                case 0 -> Records.attached(sample);
                case 1 -> Records.of(sample);
                case 2 -> Records.deleted(sample);
                default -> Records.of("no id " + i, null, null);
            });
        }
        List<ProducerRecord<byte[], byte[]>> output = handlers.rows()
                .handle(batch(records.toArray(TokenRecord[]::new)));
        Receipt.Enriched receipt = (Receipt.Enriched) ReceiptSerde.read(output.removeLast().value());
        assertThat(receipt.counts().rows()).isEqualTo(records.size());
        assertThat(receipt.versions())
                .isEqualTo(VersionSet.of(records.stream().mapToLong(TokenRecord::recordVersion).toArray()));
        assertThat(output).extracting(record -> Records.read(record).key())
                .containsExactlyElementsOf(records.stream().map(TokenRecord::key).toList());
        assertThat(output).allSatisfy(record -> {
            assertThat(record.topic()).isEqualTo("enriched");
            assertThat(record.key()).isEqualTo(Records.read(record).key().toRecordKey());
            assertThat(record.headers().lastHeader("schema_version").value()).asString().isEqualTo("1");
        });
        assertThat(handlers.metrics.count(MetricNames.ENRICHER_RECORDS_CONSUMED)).isEqualTo(300);
        assertThat(handlers.metrics.count(MetricNames.ENRICHER_RECORDS_PRODUCED)).isEqualTo(300);
    }

    @Test
    void nothingButTheContentChanges() throws Exception {
        TokenRecord record = Records.attached(ONE);
        assertThat(handlers.handled(record)).isEqualTo(record.withContent(fetched(ONE.text(), "attached")));
    }

    @Test
    void whatAnIdOfV1SaysNobodyIsAskedFor() throws Exception {
        TokenRecord handled = handlers.handled(Records.of("1_2306987", null, null));
        assertThat(handled.content()).isInstanceOfSatisfying(Content.Fetched.class, content -> {
            assertThat(content.source()).isEqualTo("derived");
            assertThat(content.info()).isEqualTo("{\"kind\":\"whole\",\"level\":1,\"number\":2306987}");
            assertThat(Cid.v0Of(content.data().getBytes(StandardCharsets.UTF_8)))
                    .hasToString("QmPd2Zm46ws1TZgpRu25YwPvLJkFAWP9k5QCCrqjNzKEiQ");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"50001_5", "10000_5", "10001_5"})
    void anIdOfAnotherNetworkSaysNothingOfTheMainNet(String id) throws Exception {
        assertThat(handlers.handled(Records.of(id, null, null)).content())
                .isInstanceOfSatisfying(Content.Failed.class, failed -> assertThat(failed.error())
                        .startsWith(ContentFailure.NOT_A_CID.code() + ": "));
    }

    @Test
    void deletionsPassAsTheyAre() throws Exception {
        assertUnchanged(Records.consumed(0, Records.deleted(ONE)));
    }

    @Test
    void whatCannotBeReadIsDeadLetteredAndHoldsUpNothing() throws Exception {
        byte[] key = {1, 2};
        byte[] garbage = "{\"token_id\":".getBytes(StandardCharsets.UTF_8);
        List<ProducerRecord<byte[], byte[]>> output = handlers.rows(Optional.empty(), LONGEST_WAIT)
                .handle(List.of(Records.consumed(5, key, garbage), Records.consumed(6, key, null),
                        Records.consumed(7, Records.attached(ONE))));
        assertThat(output).extracting(ProducerRecord::topic).containsExactly("dead", "dead", "enriched", "receipts",
                "receipts");
        assertThat(ReceiptSerde.read(output.getLast().value()))
                .isEqualTo(new Receipt.DeadLettered("enricher", Map.of("unreadable_record", 2L)));
        assertThat(output.getFirst().value()).isEqualTo(garbage);
        DeadLetter deadLetter = DeadLetter.read(asConsumed(output.getFirst())).orElseThrow();
        assertThat(deadLetter.stage()).isEqualTo("enricher");
        assertThat(deadLetter.reason()).isEqualTo("unreadable_record");
        assertThat(deadLetter.origin()).isInstanceOfSatisfying(DeadLetter.FromTopic.class,
                from -> assertThat(from.offset()).isEqualTo(5));
        assertThat(handlers.metrics.count(MetricNames.ENRICHER_RECORDS_DEAD_LETTERED, "unreadable_record"))
                .isEqualTo(2);
        assertThat(handlers.metrics.count(MetricNames.ENRICHER_RECORDS_PRODUCED)).isEqualTo(1);
        assertThat(handlers.metrics.count(MetricNames.ENRICHER_RECORDS_CONSUMED)).isEqualTo(3);
    }

    @Test
    void aRecordUnderTheKeyOfAnotherRowIsNotHandedOn() throws Exception {
        TokenRecord row = Records.attached(ONE);
        byte[] key = new TokenKey("10.9.9.9", row.key().nodeName(), row.key().tokenId()).toRecordKey();
        List<ProducerRecord<byte[], byte[]>> output = handlers.rows(Optional.empty(), LONGEST_WAIT)
                .handle(List.of(Records.consumed(0, key, TokenRecordSerde.write(row))));
        assertThat(output).extracting(ProducerRecord::topic).containsExactly("dead", "receipts");
        assertThat(DeadLetter.read(asConsumed(output.getFirst())).orElseThrow().reason()).isEqualTo("key_mismatch");
    }

    @Test
    void aRecordThatTheLoopDeadLettersHasAReceipt() throws Exception {
        EnrichmentHandler handler = handlers.rows(Optional.empty(), LONGEST_WAIT);
        assertThat(ReceiptSerde
                .read(handler.deadLetter(Records.consumed(0, Records.attached(ONE))).getFirst().value()))
                .isInstanceOfSatisfying(Receipt.Enriched.class, enriched -> {
                    assertThat(enriched.counts().deadLetters()).isEqualTo(Map.of("record_rejected", 1L));
                    assertThat(enriched.dead()).isEqualTo(enriched.versions());
                    assertThat(enriched.dead().size()).isOne();
                });
        assertThat(ReceiptSerde
                .read(handler.deadLetter(Records.consumed(1, new byte[1], new byte[1])).getFirst().value()))
                .isEqualTo(new Receipt.DeadLettered("enricher", Map.of("record_rejected", 1L)));
    }

    private void assertUnchanged(ConsumerRecord<byte[], byte[]> record) throws Exception {
        List<ProducerRecord<byte[], byte[]>> output = handlers.rows().handle(List.of(record));
        assertThat(output.getFirst().value()).isEqualTo(record.value());
        assertThat(handlers.source.asked()).isZero();
    }

    private static TokenRecord claiming(TokenRecord record, String text) {
        return record.withContent(fetched(text, "attached"));
    }

    @Test
    void aVersionThatWouldFreezeItsRowIsADeadLetter() throws Exception {
        TokenRecord row = Records.of(ONE);
        TokenRecord frozen = new TokenRecord(row.key(), Long.MAX_VALUE, row.provenance(), row.change(), row.content(),
                null);
        List<ProducerRecord<byte[], byte[]>> output = handlers.rows().handle(batch(frozen));
        assertThat(output).noneMatch(record -> record.topic().equals("enriched"));
        assertThat(output).filteredOn(record -> record.topic().equals("dead")).singleElement()
                .satisfies(deadLetter -> assertThat(deadLetter.headers().lastHeader("reason").value()).asString()
                        .isEqualTo("version_implausible"));
    }

    private static RetryRequest read(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException {
        return RetryRequest.of(TokenRecordSerde.read(record.value()), record);
    }
}
