package io.tokensync.cli.operator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;

import io.tokensync.cli.terminal.Logging;
import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.StageGroups;
import io.tokensync.common.kafka.topics.TopicKeys;
import io.tokensync.common.kafka.topics.TopicReader;
import io.tokensync.common.kafka.topics.Topics;
import io.tokensync.common.runtime.Closer;
import io.tokensync.common.time.Sleeper;
import io.tokensync.monitor.MonitorConfig;
import io.tokensync.standalone.data.DataDirectory;
import io.tokensync.standalone.data.DataDirectoryException;
import io.tokensync.standalone.data.LocalBroker;

/** The broker that a command works on. */
public final class KafkaAccess implements AutoCloseable {
    /** What the groups begin with that remember how far dead letters were sent back. */
    public static final String REDRIVE_GROUPS = "tokensync-dlq-replay-";
    /** A group without members and offsets, asked for only to have the coordinator answer. */
    public static final String NO_GROUP = "tokensync-operator";

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
    /** A broker on a busy machine, with logs to recover, takes its time to start. */
    private static final int ATTEMPTS = 240;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(250);

    private final Closer closer = new Closer();
    private final KafkaClients clients;
    private final Admin admin;
    private final String deadLetterTopic;
    private final String sessionsTopic;
    private final String receiptsTopic;
    private final Map<String, String> groups;
    private final Set<String> topics;
    private final boolean exclusive;

    private KafkaAccess(Closer opened, KafkaClients clients, String deadLetterTopic, String sessionsTopic,
            String receiptsTopic, Map<String, String> groups, Set<String> topics, boolean exclusive)
            throws InterruptedException {
        closer.register(opened);
        this.clients = clients;
        this.admin = closer.register(clients.answeringAdmin("tokensync-operator"));
        this.deadLetterTopic = deadLetterTopic;
        this.sessionsTopic = sessionsTopic;
        this.receiptsTopic = receiptsTopic;
        this.groups = Map.copyOf(groups);
        this.topics = Set.copyOf(topics);
        this.exclusive = exclusive;
    }

    /** The cluster of a stage's configuration; what it says of other things is not looked at. */
    static KafkaAccess cluster(Path config, Map<String, String> environment) throws InterruptedException {
        Settings settings = Settings.load(config, environment);
        Optional<KafkaSettings> kafka = settings.build(() -> KafkaSettings.from(settings));
        String deadLetters = settings.get(TopicKeys.DEAD_LETTER.name());
        String sessions = settings.get(TopicKeys.SESSIONS.name());
        String receipts = settings.get(TopicKeys.RECEIPTS.name());
        Map<String, String> groups = Map.of(receipts, settings.get(StageGroups.MONITOR),
                settings.get(TopicKeys.SCANNED.name()), settings.get(StageGroups.ENRICHER, ""),
                settings.get(TopicKeys.ENRICHED.name()), settings.get(StageGroups.WRITER, ""));
        Set<String> topics = topics(settings.get(TopicKeys.CONTENT_RETRY.name()), groups.keySet(),
                sessions);
        settings.checkRead();
        return new KafkaAccess(new Closer(), new KafkaClients(kafka.orElseThrow()), deadLetters, sessions, receipts,
                groups, topics, false);
    }

    /** The embedded broker of {@code local}: the one that runs, or when none does one that is started for this command. */
    public static KafkaAccess dataDirectory(Path data, Consumer<String> err, Sleeper sleeper)
            throws InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<DataDirectory> free = DataDirectory.tryOpenExisting(data);
            if (free.isPresent()) {
                return exclusive(free.get().warn(err));
            }
            Optional<KafkaSettings> running = LocalBroker.running(data);
            if (running.isPresent()) {
                return local(new Closer(), running.get(), false);
            }
            sleeper.sleep(BETWEEN_ATTEMPTS);
        }
        throw new DataDirectoryException("another tokensync process is using " + DataDirectory.root(data)
                + ", and its broker is not up; try again, or when it has ended");
    }

    private static KafkaAccess exclusive(DataDirectory directory) throws InterruptedException {
        Closer opened = new Closer();
        opened.register(directory);
        try {
            Logging.toDirectory(directory.logs());
            return local(opened, opened.register(LocalBroker.start(directory)).settings(), true);
        } catch (RuntimeException | InterruptedException e) {
            opened.closeAfter(e);
            throw e;
        }
    }

    private static KafkaAccess local(Closer opened, KafkaSettings kafka, boolean exclusive)
            throws InterruptedException {
        return new KafkaAccess(opened, new KafkaClients(kafka), Topics.DEAD_LETTER, Topics.SESSIONS, Topics.RECEIPTS,
                Map.of(Topics.RECEIPTS, MonitorConfig.GROUP), topics(Topics.CONTENT_RETRY,
                        Set.of(Topics.SCANNED, Topics.ENRICHED, Topics.RECEIPTS), Topics.SESSIONS),
                exclusive);
    }

    private static Set<String> topics(String retries, Set<String> rows, String... others) {
        Set<String> topics = new HashSet<>(rows);
        topics.addAll(List.of(others));
        for (int step = 1; step <= Topics.CONTENT_RETRY_STEPS; step++) {
            topics.add(Topics.contentRetry(retries, step));
        }
        return topics;
    }

    /** Whether the installation's stages read this topic, so that a record may be sent back to it. */
    public boolean isRead(String topic) {
        return topics.contains(topic);
    }

    /** Whether the broker is this command's alone, so that members of its groups are what earlier processes left. */
    public boolean isExclusive() {
        return exclusive;
    }

    /** For whoever makes clients of his own. */
    public KafkaClients clients() {
        return clients;
    }

    public Admin admin() {
        return admin;
    }

    public TopicReader reader() {
        return new TopicReader(clients);
    }

    /** Closed with this. */
    public Producer<byte[], byte[]> producer() {
        return closer.register(clients.producer("tokensync-operator", LONGEST_WAIT));
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
