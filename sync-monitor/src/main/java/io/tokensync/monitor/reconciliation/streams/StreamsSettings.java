package io.tokensync.monitor.reconciliation.streams;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.tls.ReloadingSslEngineFactory;

/**
 * Kafka Streams' own settings.
 *
 * @param kafka where Kafka is
 * @param group the application id
 */
public record StreamsSettings(KafkaSettings kafka, String group) {
    private static final String SEPARATE = "-";

    /**
     * Above the 10 s of Streams, after which brokers that are merely slow end the transaction of a producer that is alive; as
     * long as those of the stages.
     */
    private static final Duration TRANSACTION = Duration.ofSeconds(30);
    /** A record is given up before its transaction is. */
    private static final Duration DELIVERY = Duration.ofSeconds(25);
    private static final Duration REQUEST = Duration.ofSeconds(15);

    /**
     * Below the 45 s of Kafka: the member of a thread that has died stays in the group for so long, and its partitions wait.
     */
    private static final Duration MEMBERSHIP = Duration.ofSeconds(15);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    /** @param directory of this instance alone */
    Properties properties(Path directory) {
        Properties properties = new Properties();
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, ms(TRANSACTION));
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, ms(DELIVERY));
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG), ms(REQUEST));
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, ms(MEMBERSHIP));
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, ms(HEARTBEAT));
        properties.putAll(ReloadingSslEngineFactory.defaults(kafka.properties()));
        kafka.properties().forEach(properties::put);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, group);
        kafka.instanceId().ifPresent(id -> properties.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), id + SEPARATE + group));
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 250);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        // As many copies of the changelogs as the cluster makes of any topic.
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        return properties;
    }

    private static int ms(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
