package io.tokensync.enricher.handler;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.TokenState;
import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.serde.ReceiptSerde;
import io.tokensync.common.serde.TokenRecordSerde;
import io.tokensync.common.serde.UnreadableRecordException;
import io.tokensync.common.session.EnrichCounts;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.FakeSource;
import io.tokensync.enricher.content.Sample;
import io.tokensync.enricher.retry.RetryRequest;
import io.tokensync.enricher.retry.RetrySettings;

import static io.tokensync.enricher.handler.HandlerFixture.LONGEST_WAIT;
import static io.tokensync.enricher.handler.HandlerFixture.NOW;
import static io.tokensync.enricher.handler.HandlerFixture.asConsumed;
import static org.assertj.core.api.Assertions.assertThat;

class RetryHandlerTest {
    private static final int GIVE_UP = 4;
    private static final Sample ONE = Sample.of("one");

    private final HandlerFixture handlers = new HandlerFixture();
    private final FakeSource source = handlers.source;
    private final RetryHandler handler = handlers.retries(
            new RetrySettings(Duration.ofSeconds(1), Duration.ofSeconds(16), GIVE_UP, LONGEST_WAIT, 10));

    @AfterEach
    void close() {
        handlers.close();
    }

    @Test
    void contentThatHasComeIsSentWithItsRow() throws Exception {
        source.has(ONE.cid(), ONE);
        ProducerRecord<byte[], byte[]> output = handled(2);
        assertThat(output.topic()).isEqualTo("enriched");
        assertThat(output.key()).isEqualTo(Records.of(ONE).key().toRecordKey());
        assertThat(output.headers().lastHeader("content_retry").value()).asString().isEqualTo("3");
        assertThat(Records.read(output)).isEqualTo(Records.of(ONE)
                .withContent(new Content.Fetched(Content.Fetched.READING, ONE.text(), "fake", null)));
        assertThat(handlers.metrics.count(MetricNames.ENRICHER_CONTENT_RETRIES, "found")).isEqualTo(1);
    }

    @Test
    void contentThatIsStillMissingIsLeftForLater() throws Exception {
        source.fails(ONE.cid(), ContentFailure.NOT_FOUND);
        ProducerRecord<byte[], byte[]> output = handled(1);
        assertThat(output.topic()).isEqualTo("retry-3");
        assertThat(read(asConsumed(output))).isEqualTo(new RetryRequest(Records.of(ONE), 2));
        assertThat(RetryRequest.dueAt(asConsumed(output))).isBetween(NOW + 4_000, NOW + 4_400);
        assertThat(handlers.metrics.count(MetricNames.ENRICHER_CONTENT_RETRIES, "missing")).isEqualTo(1);
    }

    @Test
    void afterSoManyAttemptsItIsGivenUpWithTheLastReason() throws Exception {
        source.fails(ONE.cid(), ContentFailure.TIMEOUT);
        ProducerRecord<byte[], byte[]> output = handled(GIVE_UP - 1);
        assertThat(output.topic()).isEqualTo("enriched");
        assertThat(Records.read(output).content())
                .isEqualTo(new Content.Failed(NOW, "timeout: given up after 4 attempts: as told"));
        assertThat(handlers.metrics.count(MetricNames.ENRICHER_CONTENT_RETRIES, "given_up")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNAVAILABLE", "NOT_ASKED"})
    void anOutageGivesNothingUpHoweverLong(ContentFailure reason) throws Exception {
        source.fails(ONE.cid(), reason);
        ProducerRecord<byte[], byte[]> output = handled(GIVE_UP - 1);
        for (int outage = 0; outage < 100; outage++) {
            output = handler.handle(List.of(asConsumed(output))).getFirst();
        }
        assertThat(output.topic()).isEqualTo("retry-5");
        source.has(ONE.cid(), ONE);
        assertThat(Records.read(handler.handle(List.of(asConsumed(output))).getFirst()).content())
                .isInstanceOf(Content.Fetched.class);
    }

    @Test
    void whatTheBlockItselfSaysIsTheEndOfIt() throws Exception {
        source.fails(ONE.cid(), ContentFailure.NOT_VERIFIABLE);
        assertThat(Records.read(handled(0)).content()).isEqualTo(new Content.Failed(NOW, "not_verifiable: as told"));
        assertThat(handlers.metrics.count(MetricNames.ENRICHER_CONTENT_RETRIES, "failed")).isEqualTo(1);
    }

    @Test
    void aRowThatHasChangedOrVanishedMeanwhileGetsOnlyTheContent() throws Exception {
        source.has(ONE.cid(), ONE);
        TokenState late = TokenState.of(Records.read(handled(0)));
        TokenState gone = TokenState.of(Records.later(Records.deleted(ONE)));
        TokenState changed = TokenState.of(Records.later(Records.of(ONE)));
        assertThat(gone.merge(late)).isEqualTo(late.merge(gone)).satisfies(state -> {
            assertThat(state.deletion()).isEqualTo(gone.deletion());
            assertThat(state.content()).isEqualTo(late.content());
        });
        assertThat(changed.merge(late)).isEqualTo(late.merge(changed)).satisfies(state -> {
            assertThat(state.row()).isEqualTo(changed.row());
            assertThat(state.content()).isEqualTo(late.content());
        });
    }

    @Test
    void whatCannotBeReadIsDeadLettered() throws Exception {
        byte[] garbage = "{".getBytes(StandardCharsets.UTF_8);
        List<ProducerRecord<byte[], byte[]>> output = handler.handle(List.of(Records.consumed(0, null, garbage)));
        assertThat(output).singleElement().satisfies(deadLetter -> assertThat(deadLetter.topic()).isEqualTo("dead"));
    }

    @Test
    void aRequestUnderTheKeyOfAnotherRowIsDeadLettered() throws Exception {
        ProducerRecord<byte[], byte[]> request = new RetryRequest(Records.of(ONE), 0).toRecord("retry-1", 5);
        List<ProducerRecord<byte[], byte[]>> output = handler
                .handle(List.of(Records.consumed(0, new byte[]{1}, request.value())));
        assertThat(output).singleElement().satisfies(deadLetter -> assertThat(deadLetter.topic()).isEqualTo("dead"));
    }

    @Test
    void contentThatHasComeIsNoRowOfTheSession() throws Exception {
        source.has(ONE.cid(), ONE);
        ProducerRecord<byte[], byte[]> request = new RetryRequest(Records.of(ONE), 0).toRecord("retry-1", 5);
        List<ProducerRecord<byte[], byte[]>> output = handler.handle(List.of(asConsumed(request)));
        assertThat(ReceiptSerde.read(output.getLast().value())).isInstanceOfSatisfying(Receipt.Enriched.class,
                receipt -> {
                    assertThat(receipt.counts()).isEqualTo(new EnrichCounts(0, Map.of(), 0, Map.of(), 1));
                    assertThat(receipt.versions().isEmpty()).isTrue();
                });
    }

    private ProducerRecord<byte[], byte[]> handled(int attempts) throws Exception {
        ProducerRecord<byte[], byte[]> request = new RetryRequest(Records.of(ONE), attempts).toRecord("retry-2", 5);
        assertThat(handler.dueAt(asConsumed(request))).isEqualTo(5);
        return handler.handle(List.of(asConsumed(request))).getFirst();
    }

    private static RetryRequest read(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException {
        return RetryRequest.of(TokenRecordSerde.read(record.value()), record);
    }
}
