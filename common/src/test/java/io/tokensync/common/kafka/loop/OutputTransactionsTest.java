package io.tokensync.common.kafka.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

import io.tokensync.common.kafka.window.BatchAbandonedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OutputTransactionsTest {
    private static final Map<TopicPartition, OffsetAndMetadata> OFFSETS = Map.of(new TopicPartition("in", 0),
            new OffsetAndMetadata(5));
    private static final List<ProducerRecord<byte[], byte[]>> OUTPUT = List
            .of(new ProducerRecord<>("out", new byte[]{1}, new byte[]{2}));

    private static final ConsumerGroupMetadata MEMBERSHIP = new MockConsumer<>("earliest").groupMetadata();

    private final List<MockProducer<byte[], byte[]>> producers = new ArrayList<>();
    private final OutputTransactions transactions = new OutputTransactions(() -> {
        MockProducer<byte[], byte[]> producer = new MockProducer<>(true, null, new ByteArraySerializer(),
                new ByteArraySerializer());
        producers.add(producer);
        return producer;
    });

    @Test
    void outputAndOffsetsAreCommittedTogether() {
        commit();
        assertThat(last().history()).hasSize(1);
        assertThat(last().consumerGroupOffsetsHistory()).singleElement()
                .satisfies(offsets -> assertThat(offsets.get(MEMBERSHIP.groupId())).isEqualTo(OFFSETS));
        assertThat(last().commitCount()).isEqualTo(1);
    }

    @Test
    void aFailureBeforeTheCommitAbortsAndMayBeTriedAgain() {
        transactions.open();
        last().sendOffsetsToTransactionException = new TimeoutException("no answer");
        assertThatThrownBy(this::commit).isInstanceOf(TimeoutException.class);
        assertThat(last().transactionAborted()).isTrue();
        last().sendOffsetsToTransactionException = null;
        commit();
        assertThat(last().commitCount()).isEqualTo(1);
        assertThat(last().history()).hasSize(1);
    }

    @Test
    void whenTheAbortFailsAfterTheCommitTheOutcomeIsUnknown() {
        transactions.open();
        last().commitTransactionException = new TimeoutException("no answer");
        last().abortTransactionException = new IllegalStateException("the commit has been sent");
        assertThatThrownBy(this::commit).isInstanceOf(UnknownOutcomeException.class);
        assertThat(last().closed()).isTrue();
    }

    @Test
    void aFencedProducerIsReplaced() {
        transactions.open();
        last().fenceProducer();
        assertThatThrownBy(this::commit).isInstanceOf(ProducerFencedException.class);
        commit();
        assertThat(producers).hasSize(2);
        assertThat(last().commitCount()).isEqualTo(1);
    }

    @Test
    void aBatchThatIsAbandonedLeavesNothing() {
        Iterator<ConsumerGroupMetadata> once = List.of(MEMBERSHIP).iterator();
        assertThatThrownBy(() -> transactions.commit(OUTPUT, OFFSETS, () -> {
            if (once.hasNext()) {
                return once.next();
            }
            throw new BatchAbandonedException();
        })).isInstanceOf(BatchAbandonedException.class);
        assertThat(last().transactionAborted()).isTrue();
        assertThat(last().history()).isEmpty();
    }

    @Test
    void aBatchThatHasBeenAbandonedIsNotWorthATransaction() {
        assertThatThrownBy(() -> transactions.commit(OUTPUT, OFFSETS, () -> {
            throw new BatchAbandonedException();
        })).isInstanceOf(BatchAbandonedException.class);
        assertThat(producers).isEmpty();
    }

    @Test
    void aProducerIsReplacedAlsoWhenItDoesNotClose() {
        transactions.open();
        last().sendOffsetsToTransactionException = new TimeoutException("no answer");
        last().abortTransactionException = new TimeoutException("no answer either");
        last().closeException = new IllegalStateException("a mistake");
        assertThatThrownBy(this::commit).isInstanceOf(TimeoutException.class).hasMessage("no answer");
        commit();
        assertThat(producers).hasSize(2);
        assertThat(last().commitCount()).isEqualTo(1);
    }

    @Test
    void aProducerIsClosedAndReplacedOnAThreadThatIsInterrupted() {
        List<Boolean> interruptedInClose = new ArrayList<>();
        OutputTransactions interrupted = new OutputTransactions(() -> {
            MockProducer<byte[], byte[]> producer = new MockProducer<>(true, null, new ByteArraySerializer(),
                    new ByteArraySerializer()) {
                @Override
                public void close(Duration timeout) {
                    interruptedInClose.add(Thread.currentThread().isInterrupted());
                    super.close(timeout);
                }
            };
            producers.add(producer);
            return producer;
        });
        interrupted.open();
        last().commitTransactionException = new InterruptException("interrupted");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> interrupted.commit(OUTPUT, OFFSETS, () -> MEMBERSHIP))
                .isInstanceOf(UnknownOutcomeException.class);
        assertThat(interruptedInClose).containsExactly(false);
        assertThat(Thread.interrupted()).as("for whoever is to hear of it").isTrue();
        interrupted.commit(OUTPUT, OFFSETS, () -> MEMBERSHIP);
        assertThat(producers).hasSize(2);
        assertThat(last().commitCount()).isEqualTo(1);
    }

    @Test
    void whatTheForcedCloseDoesToSendsIsNotTheCause() {
        List<Callback> onTheirWay = new ArrayList<>();
        OutputTransactions slow = new OutputTransactions(() -> new MockProducer<>(false, null,
                new ByteArraySerializer(), new ByteArraySerializer()) {
            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
                onTheirWay.add(callback);
                return super.send(record, callback);
            }

            @Override
            public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets,
                    ConsumerGroupMetadata group) {
                throw new TimeoutException("a slow broker");
            }

            @Override
            public void abortTransaction() {
                throw new TimeoutException("still slow");
            }

            @Override
            public void close(Duration timeout) {
                onTheirWay.forEach(callback -> callback.onCompletion(null,
                        new KafkaException("Producer is closed forcefully.")));
                super.close(timeout);
            }
        });
        assertThatThrownBy(() -> slow.commit(OUTPUT, OFFSETS, () -> MEMBERSHIP)).isInstanceOf(TimeoutException.class)
                .hasMessage("a slow broker");
        assertThat(onTheirWay).isNotEmpty();
    }

    @Test
    void aProducerThatCannotStartIsClosed() {
        OutputTransactions failing = new OutputTransactions(() -> {
            MockProducer<byte[], byte[]> producer = new MockProducer<>(true, null, new ByteArraySerializer(),
                    new ByteArraySerializer());
            producer.initTransactionException = new TimeoutException("no coordinator");
            producers.add(producer);
            return producer;
        });
        assertThatThrownBy(failing::open).isInstanceOf(TimeoutException.class);
        assertThat(last().closed()).isTrue();
    }

    private void commit() {
        transactions.commit(OUTPUT, OFFSETS, () -> MEMBERSHIP);
    }

    private MockProducer<byte[], byte[]> last() {
        return producers.getLast();
    }
}
