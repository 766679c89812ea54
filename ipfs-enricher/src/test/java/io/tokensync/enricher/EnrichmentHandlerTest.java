package io.tokensync.enricher;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.common.kafka.DeadLetter;
import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.common.serde.ReceiptSerde;
import io.tokensync.enricher.content.AttachedSource;
import io.tokensync.enricher.content.CachingSource;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.ContentReader;
import io.tokensync.enricher.content.ContentSource;
import io.tokensync.enricher.content.FakeSource;
import io.tokensync.enricher.content.Sample;
import io.tokensync.enricher.content.TestMetrics;
import io.tokensync.enricher.content.VerifyingSource;
import io.tokensync.enricher.retry.RetryRequest;
import io.tokensync.enricher.retry.RetrySchedule;
import io.tokensync.enricher.retry.RetrySettings;
import io.tokensync.enricher.rubix.Interpretation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class EnrichmentHandlerTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration IMPATIENCE = Duration.ofMillis(50);
    private static final Sample ONE = Sample.of("001" + "c".repeat(64));
    private static final Sample OTHER = Sample.of("other");

    private final TestMetrics metrics = new TestMetrics();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final FakeSource source = new FakeSource();

    @AfterEach
    void close() {
        threads.shutdownNow();
        threads.close();
    }

    @ParameterizedTest
    @FieldSource("io.tokensync.enricher.content.Sample#HOSTILE")
    void attachedContentIsVerifiedAndPassed(String text) throws Exception {
        assertThat(content(Records.attached(Sample.of(text)))).isEqualTo(fetched(text, "attached"));
        assertThat(source.asked()).isZero();
    }

    @Test
    void attachedBytesThatAreNotThoseOfTheIdAreNotBelieved() throws Exception {
        TokenRecord lie = Records.of(ONE.cid().toString(), OTHER.block(), null);
        assertThat(content(lie)).isEqualTo(new Content.Failed(NOW,
                "pending: mismatch: attached has a block of " + OTHER.block().bytes().length
                        + " bytes that does not hash to the token id"));
        assertThat(metrics.count(MetricNames.ENRICHER_CONTENTS, "mismatch", "none")).isEqualTo(1);
    }

    @Test
    void anotherSourceMayHaveWhatTheAttachedBytesAreNot() throws Exception {
        source.has(ONE.cid(), ONE);
        assertThat(content(Records.of(ONE.cid().toString(), OTHER.block(), null)))
                .isEqualTo(fetched(ONE.text(), "fake"));
    }

    @Test
    void whatIsNotAttachedIsLookedForElsewhere() throws Exception {
        source.has(ONE.cid(), ONE);
        assertThat(content(Records.of(ONE))).isEqualTo(fetched(ONE.text(), "fake"));
        assertThat(metrics.count(MetricNames.ENRICHER_CONTENTS, "fetched", "fake")).isEqualTo(1);
    }

    @Test
    void withoutAnotherSourceTheRowPassesAtOnce() throws Exception {
        List<ProducerRecord<byte[], byte[]>> output = handler(Optional.empty(), PATIENCE)
                .handle(batch(Records.of(ONE)));
        assertThat(Records.read(output.getFirst()).content()).isEqualTo(
                new Content.Failed(NOW, "not_found: the record has no block, and no other source is configured"));
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonIsShownAndCounted(ContentFailure reason) throws Exception {
        source.fails(ONE.cid(), reason);
        assertThat(content(Records.of(ONE))).isEqualTo(
                new Content.Failed(NOW, (reason.isFinal() ? "" : "pending: ") + reason.code() + ": as told"));
        assertThat(metrics.count(MetricNames.ENRICHER_CONTENTS, reason.code(), "none")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff50", "'; DROP TABLE x; --",
            "\uD83D\uDCA3"})
    void nobodyIsAskedForWhatIsNoId(String tokenId) throws Exception {
        assertThat(content(Records.of(tokenId, ONE.block(), null))).isInstanceOfSatisfying(Content.Failed.class,
                failed -> assertThat(failed.error()).startsWith("not_a_cid: "));
        assertThat(source.asked()).isZero();
    }

    @Test
    void aRowWaitsOnlySoLong() throws Exception {
        source.has(ONE.cid(), ONE);
        source.waitFor(new CountDownLatch(1));
        List<ProducerRecord<byte[], byte[]>> output = handler(Optional.of(source), IMPATIENCE)
                .handle(batch(Records.of(ONE), Records.attached(OTHER)));
        assertThat(Records.read(output.get(0)).content()).isEqualTo(
                new Content.Failed(NOW, "pending: timeout: no content within 50 ms, while it was still looked for"));
        assertThat(Records.read(output.get(2)).content()).isEqualTo(fetched(OTHER.text(), "attached"));
    }

    @Test
    void contentThatComesTooLateIsThereForTheNextRow() throws Exception {
        source.has(ONE.cid(), ONE);
        CountDownLatch gate = new CountDownLatch(1);
        source.waitFor(gate);
        CachingSource cache = new CachingSource(source, 1 << 20, PATIENCE, System::nanoTime, metrics.metrics());
        EnrichmentHandler handler = handler(Optional.of(cache), IMPATIENCE);
        handler.handle(batch(Records.of(ONE)));
        gate.countDown();
        await().untilAsserted(
                () -> assertThat(Records.read(handler.handle(batch(Records.of(ONE))).getFirst()).content())
                        .isEqualTo(fetched(ONE.text(), "fake")));
        assertThat(source.asked()).isEqualTo(1);
    }

    @Test
    void aRowThatPassesWithoutContentLeavesARequest() throws Exception {
        TokenRecord row = claiming(Records.of(ONE), "forged");
        List<ProducerRecord<byte[], byte[]>> output = handler(Optional.of(source), PATIENCE).handle(batch(row));
        assertThat(output).extracting(ProducerRecord::topic).containsExactly("enriched", "retry-1", "receipts");
        ConsumerRecord<byte[], byte[]> left = asConsumed(output.get(1));
        assertThat(RetryRequest.read(left)).isEqualTo(new RetryRequest(row.withContent(Content.absent()), 0));
        assertThat(RetryRequest.dueAt(left)).isBetween(NOW + 60_000, NOW + 66_000);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNDECODABLE", "NOT_VERIFIABLE"})
    void whatTheBlockItselfSaysIsNotAskedForAgain(ContentFailure reason) throws Exception {
        source.fails(ONE.cid(), reason);
        assertThat(handler(Optional.of(source), PATIENCE).handle(batch(Records.of(ONE))))
                .extracting(ProducerRecord::topic)
                .containsExactly("enriched", "receipts");
    }

    @Test
    void rowsThatGetNoTurnPassWithout() throws Exception {
        source.has(ONE.cid(), ONE);
        CountDownLatch gate = new CountDownLatch(1);
        source.waitFor(gate);
        TokenRecord[] rows = IntStream.range(0, 150).mapToObj(i -> Records.of(Sample.of("content " + i)))
                .toArray(TokenRecord[]::new);
        List<ProducerRecord<byte[], byte[]>> output = handler(Optional.of(source), IMPATIENCE).handle(batch(rows));
        gate.countDown();
        assertThat(output).filteredOn(record -> record.topic().equals("enriched"))
                .extracting(record -> ((Content.Failed) Records.read(record).content()).error())
                .satisfies(errors -> {
                    assertThat(errors.subList(0, 100)).allMatch(error -> error.startsWith("pending: timeout: "));
                    assertThat(errors.subList(100, 150)).allMatch(error -> error.startsWith("pending: not_asked: "));
                });
        assertThat(source.asked()).isEqualTo(100);
    }

    @Test
    void theOrderOfABatchIsKept() throws Exception {
        List<TokenRecord> records = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Sample sample = Sample.of("content " + i);
            source.has(sample.cid(), sample);
            records.add(switch (i % 4) {
                case 0 -> Records.attached(sample);
                case 1 -> Records.of(sample);
                case 2 -> Records.deleted(sample);
                default -> Records.of("no id " + i, null, null);
            });
        }
        List<ProducerRecord<byte[], byte[]>> output = handler(Optional.of(source), PATIENCE)
                .handle(batch(records.toArray(TokenRecord[]::new)));
        Receipt.Enriched receipt = (Receipt.Enriched) ReceiptSerde.read(output.removeLast().value());
        assertThat(receipt.tally().rows()).isEqualTo(records.size());
        assertThat(receipt.versions())
                .isEqualTo(VersionSet.of(records.stream().mapToLong(TokenRecord::recordVersion).toArray()));
        assertThat(output).extracting(record -> Records.read(record).key())
                .containsExactlyElementsOf(records.stream().map(TokenRecord::key).toList());
        assertThat(output).allSatisfy(record -> {
            assertThat(record.topic()).isEqualTo("enriched");
            assertThat(record.key()).isEqualTo(Records.read(record).key().toRecordKey());
            assertThat(record.headers().lastHeader("schema_version").value()).asString().isEqualTo("1");
        });
        assertThat(metrics.count(MetricNames.ENRICHER_RECORDS_CONSUMED)).isEqualTo(300);
        assertThat(metrics.count(MetricNames.ENRICHER_RECORDS_PRODUCED)).isEqualTo(300);
    }

    @Test
    void nothingButTheContentChanges() throws Exception {
        TokenRecord record = Records.attached(ONE);
        assertThat(handled(record)).isEqualTo(record.withContent(fetched(ONE.text(), "attached")));
    }

    @Test
    void deletionsPassAsTheyAre() throws Exception {
        assertUnchanged(Records.consumed(0, Records.deleted(ONE)));
    }

    @Test
    void contentThatARecordClaimsIsLookedForAllTheSame() throws Exception {
        source.has(ONE.cid(), ONE);
        assertThat(content(claiming(Records.of(ONE), "forged"))).isEqualTo(fetched(ONE.text(), "fake"));
    }

    @Test
    void contentThatARecordClaimsAndNobodyHasIsNotBelieved() throws Exception {
        assertThat(content(claiming(Records.of(ONE), "forged"))).isInstanceOfSatisfying(Content.Failed.class,
                failed -> assertThat(failed.error()).startsWith("pending: not_found: "));
        assertThat(content(claiming(Records.of("no id", null, null), "forged"))).isInstanceOf(Content.Failed.class);
    }

    @Test
    void noUnverifiedContentGoesOnWithADeletion() throws Exception {
        TokenRecord deletion = Records.deleted(ONE);
        assertThat(handled(claiming(deletion, "forged"))).isEqualTo(deletion);
        assertThat(handled(new TokenRecord(deletion.key(), deletion.recordVersion(), deletion.provenance(),
                deletion.change(), Content.absent(), OTHER.block()))).isEqualTo(deletion);
    }

    @Test
    void failedContentIsAskedForAgain() throws Exception {
        source.has(ONE.cid(), ONE);
        TokenRecord failed = Records.of(ONE).withContent(new Content.Failed(1, "timeout: before"));
        assertThat(content(failed)).isEqualTo(fetched(ONE.text(), "fake"));
    }

    @Test
    void whatCannotBeReadIsPutAsideAndHoldsUpNothing() throws Exception {
        byte[] key = {1, 2};
        byte[] garbage = "{\"token_id\":".getBytes(StandardCharsets.UTF_8);
        List<ProducerRecord<byte[], byte[]>> output = handler(Optional.empty(), PATIENCE)
                .handle(List.of(Records.consumed(5, key, garbage), Records.consumed(6, key, null),
                        Records.consumed(7, Records.attached(ONE))));
        assertThat(output).extracting(ProducerRecord::topic).containsExactly("dead", "dead", "enriched", "receipts",
                "receipts");
        assertThat(ReceiptSerde.read(output.getLast().value()))
                .isEqualTo(new Receipt.PutAside("enricher", Map.of("unreadable_record", 2L)));
        assertThat(output.getFirst().value()).isEqualTo(garbage);
        DeadLetter letter = DeadLetter.read(asConsumed(output.getFirst())).orElseThrow();
        assertThat(letter.stage()).isEqualTo("enricher");
        assertThat(letter.reason()).isEqualTo("unreadable_record");
        assertThat(letter.origin()).isInstanceOfSatisfying(DeadLetter.FromTopic.class,
                from -> assertThat(from.offset()).isEqualTo(5));
        assertThat(metrics.count(MetricNames.ENRICHER_RECORDS_DEAD_LETTERED, "unreadable_record")).isEqualTo(2);
        assertThat(metrics.count(MetricNames.ENRICHER_RECORDS_PRODUCED)).isEqualTo(1);
        assertThat(metrics.count(MetricNames.ENRICHER_RECORDS_CONSUMED)).isEqualTo(3);
    }

    @Test
    void aRecordThatTheLoopPutsAsideHasAReceipt() throws Exception {
        EnrichmentHandler handler = handler(Optional.empty(), PATIENCE);
        assertThat(ReceiptSerde
                .read(handler.putAside(Records.consumed(0, Records.attached(ONE))).getFirst().value()))
                .isInstanceOfSatisfying(Receipt.Enriched.class, enriched -> {
                    assertThat(enriched.tally().deadLetters()).isEqualTo(Map.of("record_refused", 1L));
                    assertThat(enriched.dead()).isEqualTo(enriched.versions());
                    assertThat(enriched.dead().size()).isOne();
                });
        assertThat(ReceiptSerde
                .read(handler.putAside(Records.consumed(1, new byte[1], new byte[1])).getFirst().value()))
                .isEqualTo(new Receipt.PutAside("enricher", Map.of("record_refused", 1L)));
    }

    @Test
    void anInterruptDropsTheBatch() throws Exception {
        source.waitFor(new CountDownLatch(1));
        EnrichmentHandler handler = handler(Optional.of(source), PATIENCE);
        CountDownLatch ended = new CountDownLatch(1);
        Future<?> work = threads.submit(() -> {
            try {
                handler.handle(batch(Records.of(ONE)));
            } catch (InterruptedException _) {
                ended.countDown();
            }
            return null;
        });
        await().until(() -> source.asked() == 1);
        work.cancel(true);
        ended.await();
    }

    @Test
    void aMistakeInASourceEndsTheStage() {
        EnrichmentHandler handler = handler(Optional.of(_ -> {
            throw new IllegalArgumentException("mistake");
        }), PATIENCE);
        assertThatThrownBy(() -> handler.handle(batch(Records.of(ONE)))).isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("mistake");
    }

    private static TokenRecord claiming(TokenRecord record, String text) {
        return record.withContent(fetched(text, "attached"));
    }

    private void assertUnchanged(ConsumerRecord<byte[], byte[]> record) throws Exception {
        List<ProducerRecord<byte[], byte[]>> output = handler(Optional.of(source), PATIENCE).handle(List.of(record));
        assertThat(output.getFirst().value()).isEqualTo(record.value());
        assertThat(source.asked()).isZero();
    }

    private Content content(TokenRecord record) throws Exception {
        return handled(record).content();
    }

    private TokenRecord handled(TokenRecord record) throws Exception {
        return Records.read(handler(Optional.of(source), PATIENCE).handle(batch(record)).getFirst());
    }

    private EnrichmentHandler handler(Optional<ContentSource> elsewhere, Duration longestWait) {
        ContentSource attached = new VerifyingSource(new AttachedSource(),
                metrics.metrics().counter(MetricNames.ENRICHER_VERIFICATION_FAILURES, "attached"));
        Clock clock = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);
        RowContents contents = new RowContents(new ContentLookup(attached, elsewhere, threads, longestWait, 100),
                new ContentReader(50_000));
        return new EnrichmentHandler(contents,
                new RetrySchedule("retry", RetrySettings.standard(), clock, new Random(1)),
                new EnrichedRecords("enriched", clock), "dead", "receipts", new EnricherMetrics(metrics.metrics()));
    }

    private static List<ConsumerRecord<byte[], byte[]>> batch(TokenRecord... records) {
        List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
        for (TokenRecord record : records) {
            batch.add(Records.consumed(batch.size(), record));
        }
        return batch;
    }

    private static Content fetched(String text, String from) {
        return new Content.Fetched(Content.Fetched.READING, text, from, null, Interpretation.of(text).orElse(null));
    }

    private static ConsumerRecord<byte[], byte[]> asConsumed(ProducerRecord<byte[], byte[]> record) {
        ConsumerRecord<byte[], byte[]> consumed = Records.consumed(0, record.key(), record.value());
        record.headers().forEach(consumed.headers()::add);
        return consumed;
    }
}
