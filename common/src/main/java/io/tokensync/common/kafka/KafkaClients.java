package io.tokensync.common.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import io.tokensync.common.kafka.tls.ReloadingSslEngineFactory;

/**
 * Builds Kafka's clients with settings that lose nothing and survive an outage. The user's properties win, except those
 * that {@link KafkaSettings} rejects.
 */
public final class KafkaClients {
    /** Azure drops connections that were idle for four minutes, without a word. */
    private static final String BEFORE_AZURE_DROPS_IT = ms(Duration.ofMinutes(3));
    /** So long a member may wait for the others at a rebalance, over a connection that is idle then and is not to be dropped. */
    private static final String BEFORE_IT_IS_IDLE = ms(Duration.ofSeconds(170));
    private static final String CONSUMER_PROTOCOL = "consumer";
    /**
     * Records of one poll, at most: what it returns is counted and not weighed, and has no limit of bytes. Content of 150 KB that shrinks to
     * 1 KB on the wire would be 3 GB at 20,000 records.
     */
    static final int POLLED_AT_ONCE = 64;
    private static final String FETCHED_AT_ONCE = Integer.toString(8 << 20);

    private static final Duration ANSWER = Duration.ofSeconds(10);
    /** What comes in a stream is fetched in pieces worth it, or after so long. */
    private static final Duration BUSY_WAIT = Duration.ofMillis(100);
    private static final int BUSY_BYTES = 64 << 10;
    /** An answer that is waited for keeps the member from leaving the group as long. */
    private static final Duration QUIET_WAIT = Duration.ofMillis(300);

    private final KafkaSettings settings;
    /** The same for the life of these clients, so that a loop that is started again ends what it left open. */
    private final String suffix;
    /** Whether little comes on the topics that its members read. */
    private final boolean quiet;

    public KafkaClients(KafkaSettings settings) {
        this(settings, UUID.randomUUID().toString());
    }

    /** @param suffix tells members without an instance id apart */
    KafkaClients(KafkaSettings settings, String suffix) {
        this(settings, suffix, false);
    }

    private KafkaClients(KafkaSettings settings, String suffix, boolean quiet) {
        this.settings = settings;
        this.suffix = suffix;
        this.quiet = quiet;
    }

    /** The same for members that read topics on which little comes: they get it at once, and ask for it seldom. */
    public KafkaClients ofQuietTopics() {
        return new KafkaClients(settings, suffix, true);
    }

    /** For messages. */
    public String bootstrapServers() {
        return settings.bootstrapServers();
    }

    /**
     * A producer that waits for the broker as long as it takes: idempotent, every record acknowledged by all replicas.
     *
     * @param name of the client, for the broker's logs and quotas
     * @param longestWait how long a record may be on its way before its send fails
     */
    public Producer<byte[], byte[]> producer(String name, Duration longestWait) {
        Map<String, Object> properties = producerDefaults();
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, name);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, ms(longestWait));
        return newProducer(properties);
    }

    public Admin admin(String name) {
        Map<String, Object> properties = network();
        properties.put(AdminClientConfig.CLIENT_ID_CONFIG, name);
        addUserProperties(properties, AdminClientConfig.configNames());
        return Admin.create(properties);
    }

    /**
     * An administrator of a cluster that answers; for a command, behind which a person waits.
     *
     * @throws NoBrokerException when no broker answers within seconds, or it rejects this user
     */
    public Admin answeringAdmin(String name) throws InterruptedException {
        return answeringAdmin(name, ANSWER);
    }

    /** @param bound how long a broker may take */
    Admin answeringAdmin(String name, Duration bound) throws InterruptedException {
        Admin admin = admin(name);
        try {
            var _ = AdminAnswer.await(
                    admin.describeCluster(new DescribeClusterOptions().timeoutMs(Math.toIntExact(bound.toMillis())))
                            .nodes());
            return admin;
        } catch (KafkaException e) {
            admin.close(Duration.ZERO);
            throw new NoBrokerException(bootstrapServers(), e);
        } catch (InterruptedException e) {
            admin.close(Duration.ZERO);
            throw e;
        }
    }

    /**
     * A name for the transactions of a member of a group: the same after a restart when there is an instance id, so that
     * the new process ends at once what the old one left open; a name of its own otherwise.
     */
    public String transactionalId(String group, String member) {
        return StageGroups.transactions(group) + settings.instanceId().orElse(suffix) + "-" + member;
    }

    /** A producer for transactions; {@code initTransactions} is the caller's business. */
    public Producer<byte[], byte[]> transactionalProducer(String transactionalId) {
        Map<String, Object> properties = producerDefaults();
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, transactionalId);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        // A transaction is open for milliseconds, and readers behind it wait as long as a dead one is not given up.
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, ms(Duration.ofSeconds(30)));
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, ms(Duration.ofSeconds(25)));
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, ms(Duration.ofSeconds(15)));
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, ms(Duration.ofSeconds(25)));
        // As much as fills a transaction; what was used once stays allocated.
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(8 << 20));
        // A transaction begins while the broker still completes the one before it, and is told to come again.
        properties.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, ms(Duration.ofMillis(20)));
        return newProducer(properties);
    }

    /**
     * A member of a group.
     *
     * @param maxPollRecords of one poll; never more than {@value #POLLED_AT_ONCE}, however many are asked for
     */
    public Consumer<byte[], byte[]> consumer(String group, String member, int maxPollRecords) {
        return new KafkaConsumer<>(memberProperties(group, member, maxPollRecords), new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    Map<String, Object> memberProperties(String group, String member, int maxPollRecords) {
        Map<String, Object> properties = network();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, group + "-" + member);
        settings.instanceId()
                .ifPresent(id -> properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, id + "-" + member));
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                Integer.toString(Math.min(maxPollRecords, POLLED_AT_ONCE)));
        properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, BEFORE_IT_IS_IDLE);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, ms(quiet ? QUIET_WAIT : BUSY_WAIT));
        properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, Integer.toString(quiet ? 1 : BUSY_BYTES));
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCHED_AT_ONCE);
        if (!CONSUMER_PROTOCOL.equalsIgnoreCase(settings.properties().get(ConsumerConfig.GROUP_PROTOCOL_CONFIG))) {
            properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                    CooperativeStickyAssignor.class.getName());
        }
        addUserProperties(properties, ConsumerConfig.configNames());
        return properties;
    }

    /** A consumer of no group, which is told what to read. */
    public Consumer<byte[], byte[]> reader() {
        Map<String, Object> properties = network();
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(POLLED_AT_ONCE));
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCHED_AT_ONCE);
        addUserProperties(properties, ConsumerConfig.configNames());
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Map<String, Object> producerDefaults() {
        Map<String, Object> properties = network();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        // JSON shrinks to two thirds with lz4 and to less with zstd, which costs twice the time; the disk is cheaper.
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "10");
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(128 << 10));
        return properties;
    }

    private Producer<byte[], byte[]> newProducer(Map<String, Object> properties) {
        addUserProperties(properties, ProducerConfig.configNames());
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> network() {
        Map<String, Object> properties = new HashMap<>();
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(AdminClientConfig.METADATA_MAX_AGE_CONFIG, BEFORE_AZURE_DROPS_IT);
        properties.put(AdminClientConfig.CONNECTIONS_MAX_IDLE_MS_CONFIG, BEFORE_AZURE_DROPS_IT);
        properties.putAll(ReloadingSslEngineFactory.defaults(settings.properties()));
        return properties;
    }

    /** A property that only another kind of client knows would be warned about; one that nobody knows is a plug-in's. */
    private void addUserProperties(Map<String, Object> properties, Set<String> known) {
        settings.properties().forEach((key, value) -> {
            if (known.contains(key) || !isKnownToAny(key)) {
                properties.put(key, value);
            }
        });
    }

    private static boolean isKnownToAny(String key) {
        return ProducerConfig.configNames().contains(key) || ConsumerConfig.configNames().contains(key)
                || AdminClientConfig.configNames().contains(key);
    }

    private static String ms(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
