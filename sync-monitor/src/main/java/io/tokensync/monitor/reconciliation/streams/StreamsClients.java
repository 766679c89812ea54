package io.tokensync.monitor.reconciliation.streams;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/**
 * Kafka Streams' own clients, remembered until its client is made: when its constructor fails, as it does over a setting
 * that it cannot read, nobody else would close what it has made before, and each new attempt would leave a thread more.
 */
final class StreamsClients extends DefaultKafkaClientSupplier {
    private final List<AutoCloseable> made = new CopyOnWriteArrayList<>();
    private volatile boolean opening = true;

    static KafkaStreams open(Topology topology, Properties properties) {
        StreamsClients clients = new StreamsClients();
        try {
            KafkaStreams streams = new KafkaStreams(topology, properties, clients);
            clients.handOver();
            return streams;
        } catch (RuntimeException e) {
            clients.closeAfter(e);
            throw e;
        }
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return remembered(super.getAdmin(config));
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return remembered(super.getProducer(config));
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return remembered(super.getConsumer(config));
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return remembered(super.getRestoreConsumer(config));
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return remembered(super.getGlobalConsumer(config));
    }

    private <T extends AutoCloseable> T remembered(T client) {
        if (opening) {
            made.add(client);
        }
        return client;
    }

    /** From now on they are closed by the client of Streams. */
    private void handOver() {
        opening = false;
        made.clear();
    }

    private void closeAfter(RuntimeException failure) {
        for (AutoCloseable client : made) {
            try {
                client.close();
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        }
    }
}
