package io.tokensync.common.kafka.loop;

import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

import io.tokensync.common.kafka.KafkaClients;

/**
 * The clients of one loop.
 *
 * @param consumers members of its group, one after another
 * @param producers of transactions, each of the same transactional id
 * @param address of the brokers, for messages
 */
record LoopClients(Supplier<Consumer<byte[], byte[]>> consumers, Supplier<Producer<byte[], byte[]>> producers,
        String address) {
    /** One transactional id for the life of the loop, so that each producer ends what the one before it left open. */
    static LoopClients of(PollLoopConfig config, KafkaClients clients) {
        String transactionalId = clients.transactionalId(config.group(), config.member());
        return new LoopClients(() -> clients.consumer(config.group(), config.member(), config.maxRecords()),
                () -> clients.transactionalProducer(transactionalId), clients.bootstrapServers());
    }

    LoopClients withProducers(Supplier<Producer<byte[], byte[]>> others) {
        return new LoopClients(consumers, others, address);
    }
}
