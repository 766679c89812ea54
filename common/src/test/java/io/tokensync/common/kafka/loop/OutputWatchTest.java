package io.tokensync.common.kafka.loop;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.runtime.StageStatus.State;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OutputWatchTest {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final StageStatus status = new StageStatus(clock);
    private final CountDownLatch committing = new CountDownLatch(1);
    private final CountDownLatch brokerBack = new CountDownLatch(1);
    private final MockProducer<byte[], byte[]> broken = new MockProducer<>(true, null, new ByteArraySerializer(),
            new ByteArraySerializer()) {
        @Override
        public void commitTransaction() {
            committing.countDown();
            try {
                brokerBack.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            throw new TimeoutException("the topic is not there");
        }
    };
    private final Producer<byte[], byte[]> producer = OutputWatch.over(new LoopClients(() -> {
        throw new IllegalStateException("not read");
    }, () -> broken, "kafka.example.com:9092"), status, clock).get();

    @Test
    void outputThatKafkaDoesNotTakeIsSaidLongBeforeTheProducerDoes() throws Exception {
        status.running();
        producer.initTransactions();
        producer.beginTransaction();
        var _ = producer.send(new ProducerRecord<>("tokens.enriched", new byte[1]));
        CompletableFuture<Void> commit = CompletableFuture.runAsync(producer::commitTransaction);
        committing.await();
        assertThat(status.snapshot().state()).isEqualTo(State.RUNNING);
        now.set(Instant.EPOCH.plusSeconds(11));
        assertThat(status.snapshot().state()).isEqualTo(State.WAITING);
        assertThat(status.snapshot().since()).isEqualTo(Instant.EPOCH);
        assertThat(status.snapshot().cause()).contains("tokens.enriched").contains("kafka.example.com:9092");
        brokerBack.countDown();
        assertThat(commit).failsWithin(LONGEST_WAIT).withThrowableThat().havingCause()
                .isInstanceOf(TimeoutException.class);
        assertThat(status.snapshot().state()).as("what the failure means is for others to say")
                .isEqualTo(State.RUNNING);
    }

    @Test
    void whatTheProducerThrowsIsThrownAsItIs() {
        assertThatThrownBy(producer::beginTransaction).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("initialized");
    }
}
