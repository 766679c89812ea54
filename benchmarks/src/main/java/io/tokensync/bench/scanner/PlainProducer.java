package io.tokensync.bench.scanner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.topics.TopicReader;

/** Sends records that are ready, again and again, with the producer that the agent has: the baseline of a first scan. */
final class PlainProducer {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final KafkaSettings kafka;

    PlainProducer(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /** Sends so many records, equal to the few in a topic, to another topic; returns how many. */
    long send(String from, String to, int records) throws Exception {
        List<ProducerRecord<byte[], byte[]>> ready = sample(from, to);
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (Producer<byte[], byte[]> producer = new KafkaClients(kafka).producer("plain", LONGEST_WAIT)) {
            for (int i = 0; i < records; i++) {
                var _ = producer.send(ready.get(i % ready.size()), (_, e) -> failure.compareAndSet(null, e));
            }
            producer.flush();
            if (failure.get() != null) {
                throw failure.get();
            }
            return records;
        }
    }

    private List<ProducerRecord<byte[], byte[]>> sample(String from, String to) {
        List<ProducerRecord<byte[], byte[]>> ready = new ArrayList<>();
        new TopicReader(new KafkaClients(kafka)).read(from, record -> ready
                .add(new ProducerRecord<>(to, null, record.key(), record.value(), record.headers())));
        // Partition by partition, as they were read, they would fill one batch at a time; the agent's are mixed.
        Collections.shuffle(ready, new Random(ready.size()));
        return ready;
    }
}
