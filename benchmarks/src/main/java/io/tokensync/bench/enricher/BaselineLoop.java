package io.tokensync.bench.enricher;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import io.tokensync.common.serde.TokenRecordSerde;
import io.tokensync.common.serde.UnreadableRecordException;

/**
 * The baseline: the loop of every Kafka book. Reads a batch, parses it, writes it with its headers, commits output and
 * offsets in one transaction.
 */
final class BaselineLoop implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final String input;
    private final String output;
    private final LongAdder committed = new LongAdder();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Thread thread = Thread.ofPlatform().name("plain-loop").unstarted(this::run);

    /** @param batchRows most records of a transaction */
    BaselineLoop(String bootstrapServers, String input, String output, int batchRows) {
        this.input = input;
        this.output = output;
        this.consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", bootstrapServers, "group.id", "plain-" + input,
                "auto.offset.reset", "earliest", "enable.auto.commit", "false", "isolation.level", "read_committed",
                "max.poll.records", Integer.toString(batchRows)), new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers, "transactional.id",
                "plain-" + input, "compression.type", "lz4", "linger.ms", "10", "batch.size",
                Integer.toString(128 << 10), "retry.backoff.ms", "20"), new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void start() {
        thread.start();
    }

    long committed() {
        return committed.sum();
    }

    CompletableFuture<Void> end() {
        return end;
    }

    @Override
    public void close() throws InterruptedException {
        consumer.wakeup();
        thread.join();
    }

    private void run() {
        try (consumer; producer) {
            producer.initTransactions();
            consumer.subscribe(List.of(input));
            while (true) {
                ConsumerRecords<byte[], byte[]> batch = consumer.poll(POLL);
                if (!batch.isEmpty()) {
                    transaction(batch);
                }
            }
        } catch (WakeupException _) {
            end.complete(null);
        } catch (RuntimeException | UnreadableRecordException e) {
            end.completeExceptionally(e);
        }
    }

    private void transaction(ConsumerRecords<byte[], byte[]> batch) throws UnreadableRecordException {
        producer.beginTransaction();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            TokenRecordSerde.read(record.value());
            var _ = producer.send(
                    new ProducerRecord<>(output, null, record.key(), record.value(), record.headers()));
            offsets.put(new TopicPartition(record.topic(), record.partition()),
                    new OffsetAndMetadata(record.offset() + 1));
        }
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        producer.commitTransaction();
        committed.add(batch.count());
    }
}
