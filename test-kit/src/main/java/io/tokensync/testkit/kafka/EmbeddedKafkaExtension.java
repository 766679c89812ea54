package io.tokensync.testkit.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

import io.tokensync.embedded.EmbeddedKafka;
import io.tokensync.embedded.EmbeddedKafkaOptions;

/**
 * The broker of this JVM: started by the first test class that registers this extension, shared by all, stopped after
 * the last test. Every test takes topic names and group ids of its own, so nothing is cleaned between tests; only the
 * topic of receipts, to which every stage reports, is there from the beginning.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();
 * }</pre>
 */
public final class EmbeddedKafkaExtension implements BeforeAllCallback, BeforeEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(EmbeddedKafkaExtension.class);
    private static final int SUFFIX = 8;
    private static final String RECEIPTS = "sync.receipts";

    private SharedBroker broker;

    @Override
    public void beforeAll(ExtensionContext context) {
        join(context);
    }

    /** Needed when the extension is registered by an instance field. */
    @Override
    public void beforeEach(ExtensionContext context) {
        join(context);
    }

    /** Address for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return broker.kafka.bootstrapServers();
    }

    /** For more than this class offers. */
    public TestTopics topics() {
        return new TestTopics(bootstrapServers());
    }

    /** A name that nobody else uses, with this in front; not created. */
    public String name(String prefix) {
        return prefix + "-" + UUID.randomUUID().toString().substring(0, SUFFIX);
    }

    /** Creates a topic under a name of its own and returns that name. */
    public String createTopic(String prefix, int partitions) {
        String topic = name(prefix);
        topics().create(topic, partitions);
        return topic;
    }

    /** Sends the records and returns when all of them are acknowledged. */
    public void produce(Iterable<ProducerRecord<byte[], byte[]>> records) {
        topics().produce(records);
    }

    /** All records committed now, by partition and offset. */
    public List<ConsumerRecord<byte[], byte[]>> readCommitted(String topic) {
        return topics().readCommitted(topic);
    }

    private void join(ExtensionContext context) {
        broker = context.getRoot().getStore(NAMESPACE).computeIfAbsent(SharedBroker.class, _ -> new SharedBroker(),
                SharedBroker.class);
    }

    /** Closed by JUnit together with the root store. */
    private static final class SharedBroker implements AutoCloseable {
        private final Path directory = temporaryDirectory();
        private final EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.in(directory));

        SharedBroker() {
            new TestTopics(kafka.bootstrapServers()).create(RECEIPTS, 1);
        }

        @Override
        public void close() throws IOException {
            kafka.close();
            delete(directory);
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("embedded-kafka");
        } catch (IOException e) {
            throw new IllegalStateException("no temporary directory for the broker", e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
