package io.tokensync.enricher.handler;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.model.Content;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.enricher.content.CachingSource;
import io.tokensync.enricher.content.Sample;

import static io.tokensync.enricher.handler.HandlerFixture.IMPATIENCE;
import static io.tokensync.enricher.handler.HandlerFixture.LONGEST_WAIT;
import static io.tokensync.enricher.handler.HandlerFixture.NOW;
import static io.tokensync.enricher.handler.HandlerFixture.batch;
import static io.tokensync.enricher.handler.HandlerFixture.fetched;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** How long rows wait for content, and for whom. */
class EnrichmentWaitTest {
    /** No whole token: the table of their numbers takes its time to make. */
    private static final Sample ONE = Sample.of("one");
    private static final Sample OTHER = Sample.of("other");

    private final HandlerFixture handlers = new HandlerFixture();

    @AfterEach
    void close() {
        handlers.close();
    }

    @Test
    void aRowWaitsOnlySoLong() throws Exception {
        handlers.source.has(ONE.cid(), ONE);
        handlers.source.waitFor(new CountDownLatch(1));
        List<ProducerRecord<byte[], byte[]>> output = handlers.rows(Optional.of(handlers.source), IMPATIENCE)
                .handle(batch(Records.of(ONE), Records.attached(OTHER)));
        assertThat(Records.read(output.get(0)).content()).isEqualTo(
                new Content.Failed(NOW, "pending: timeout: no content within 50 ms, while it was still looked for"));
        assertThat(Records.read(output.get(2)).content()).isEqualTo(fetched(OTHER.text(), "attached"));
    }

    @Test
    void contentThatComesTooLateIsThereForTheNextRow() throws Exception {
        handlers.source.has(ONE.cid(), ONE);
        CountDownLatch gate = new CountDownLatch(1);
        handlers.source.waitFor(gate);
        CachingSource cache = new CachingSource(handlers.source, 1 << 20, LONGEST_WAIT, System::nanoTime,
                handlers.metrics.metrics());
        EnrichmentHandler handler = handlers.rows(Optional.of(cache), IMPATIENCE);
        handler.handle(batch(Records.of(ONE)));
        gate.countDown();
        await().untilAsserted(
                () -> assertThat(Records.read(handler.handle(batch(Records.of(ONE))).getFirst()).content())
                        .isEqualTo(fetched(ONE.text(), "fake")));
        assertThat(handlers.source.asked()).isEqualTo(1);
    }

    @Test
    void rowsThatGetNoTurnPassWithout() throws Exception {
        handlers.source.has(ONE.cid(), ONE);
        CountDownLatch gate = new CountDownLatch(1);
        handlers.source.waitFor(gate);
        TokenRecord[] rows = IntStream.range(0, 150).mapToObj(i -> Records.of(Sample.of("content " + i)))
                .toArray(TokenRecord[]::new);
        List<ProducerRecord<byte[], byte[]>> output = handlers.rows(Optional.of(handlers.source), IMPATIENCE)
                .handle(batch(rows));
        gate.countDown();
        assertThat(output).filteredOn(record -> record.topic().equals("enriched"))
                .extracting(record -> ((Content.Failed) Records.read(record).content()).error())
                .satisfies(errors -> {
                    assertThat(errors.subList(0, 100)).allMatch(error -> error.startsWith("pending: timeout: "));
                    assertThat(errors.subList(100, 150)).allMatch(error -> error.startsWith("pending: not_asked: "));
                });
        assertThat(handlers.source.asked()).isEqualTo(100);
    }

    @Test
    void theNextBatchMayBeginWhenThisOneSearches() throws Exception {
        CountDownLatch next = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        handlers.source.waitFor(gate);
        EnrichmentHandler handler = handlers.rows();
        Future<?> work = handlers.threads.submit(() -> handler.handle(batch(Records.of(ONE)), next::countDown));
        next.await();
        assertThat(work.isDone()).isFalse();
        gate.countDown();
        work.get();
    }

    @Test
    void aBatchWhoseContentIsAtHandKeepsTheProcessor() throws Exception {
        AtomicInteger next = new AtomicInteger();
        handlers.rows().handle(batch(Records.attached(OTHER)), next::incrementAndGet);
        assertThat(next).hasValue(0);
    }

    @Test
    void anInterruptDropsTheBatch() throws Exception {
        handlers.source.waitFor(new CountDownLatch(1));
        EnrichmentHandler handler = handlers.rows();
        CountDownLatch ended = new CountDownLatch(1);
        Future<?> work = handlers.threads.submit(() -> {
            try {
                handler.handle(batch(Records.of(ONE)));
            } catch (InterruptedException _) {
                ended.countDown();
            }
            return null;
        });
        await().until(() -> handlers.source.asked() == 1);
        work.cancel(true);
        ended.await();
    }

    @Test
    void aMistakeInASourceEndsTheStage() {
        EnrichmentHandler handler = handlers.rows(Optional.of(_ -> {
            throw new IllegalArgumentException("mistake");
        }), LONGEST_WAIT);
        assertThatThrownBy(() -> handler.handle(batch(Records.of(ONE)))).isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("mistake");
    }
}
