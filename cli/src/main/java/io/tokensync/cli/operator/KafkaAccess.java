package io.tokensync.cli.operator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;

import io.tokensync.cli.local.DataDirectory;
import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.TopicReader;
import io.tokensync.common.kafka.Topics;
import io.tokensync.common.runtime.Closer;
import io.tokensync.embedded.EmbeddedKafka;
import io.tokensync.monitor.MonitorConfig;

/** The broker that a command works on. */
public final class KafkaAccess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Closer closer = new Closer();
    private final KafkaClients clients;
    private final Admin admin;
    private final String deadLetterTopic;
    private final String sessionsTopic;
    private final String receiptsTopic;
    private final Map<String, String> groups;
    private final boolean exclusive;

    private KafkaAccess(Closer opened, KafkaClients clients, String deadLetterTopic, String sessionsTopic,
            String receiptsTopic, Map<String, String> groups, boolean exclusive) throws InterruptedException {
        closer.register(opened);
        this.clients = clients;
        this.admin = closer.register(clients.answeringAdmin("tokensync-operator"));
        this.deadLetterTopic = deadLetterTopic;
        this.sessionsTopic = sessionsTopic;
        this.receiptsTopic = receiptsTopic;
        this.groups = Map.copyOf(groups);
        this.exclusive = exclusive;
    }

    /** The cluster of a stage's configuration; what it says of other things is not looked at. */
    static KafkaAccess cluster(Path config, Map<String, String> environment) throws InterruptedException {
        Settings settings = Settings.load(config, environment);
        Optional<KafkaSettings> kafka = settings.build(() -> KafkaSettings.from(settings));
        String deadLetters = settings.text("topics.dead-letter.name", Topics.DEAD_LETTER);
        String sessions = settings.text("topics.sessions.name", Topics.SESSIONS);
        String receipts = settings.text("topics.receipts.name", Topics.RECEIPTS);
        Map<String, String> groups = Map.of(receipts, settings.text("monitor.group", MonitorConfig.GROUP),
                settings.text("topics.scanned.name", Topics.SCANNED), settings.text("enricher.group", ""),
                settings.text("topics.enriched.name", Topics.ENRICHED), settings.text("writer.group", ""));
        settings.checkRead();
        return new KafkaAccess(new Closer(), new KafkaClients(kafka.orElseThrow()), deadLetters, sessions, receipts,
                groups, false);
    }

    /** The embedded broker of {@code local}, which must not be running. */
    static KafkaAccess dataDirectory(Path data) throws InterruptedException {
        Closer opened = new Closer();
        try {
            DataDirectory directory = opened.register(DataDirectory.openExisting(data));
            EmbeddedKafka broker = opened.register(EmbeddedKafka.start(directory.kafka()));
            return new KafkaAccess(opened, new KafkaClients(KafkaSettings.at(broker.bootstrapServers())),
                    Topics.DEAD_LETTER, Topics.SESSIONS, Topics.RECEIPTS,
                    Map.of(Topics.RECEIPTS, MonitorConfig.GROUP), true);
        } catch (RuntimeException | InterruptedException e) {
            opened.closeAfter(e);
            throw e;
        }
    }

    /** Whether the broker is this command's alone, so that members of its groups are what earlier processes left. */
    public boolean isExclusive() {
        return exclusive;
    }

    public Admin admin() {
        return admin;
    }

    public TopicReader reader() {
        return new TopicReader(clients);
    }

    /** Closed with this. */
    public Producer<byte[], byte[]> producer() {
        return closer.register(clients.producer("tokensync-operator", PATIENCE));
    }

    public String deadLetterTopic() {
        return deadLetterTopic;
    }

    public String sessionsTopic() {
        return sessionsTopic;
    }

    public String receiptsTopic() {
        return receiptsTopic;
    }

    /** The group that the configuration names for the reader of this topic. */
    public Optional<String> group(String topic) {
        return Optional.ofNullable(groups.get(topic)).filter(name -> !name.isEmpty());
    }

    @Override
    public void close() {
        closer.close();
    }
}
