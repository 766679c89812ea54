package io.tokensync.common.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

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
    void aBatchThatIsCalledOffLeavesNothing() {
        assertThatThrownBy(() -> transactions.commit(OUTPUT, OFFSETS, () -> {
            throw new BatchAbandonedException();
        })).isInstanceOf(BatchAbandonedException.class);
        assertThat(last().transactionAborted()).isTrue();
        assertThat(last().history()).isEmpty();
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
