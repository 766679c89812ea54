package io.tokensync.common.kafka.topics;

import java.time.Duration;

import io.tokensync.common.config.Bounds;
import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;

/** The keys of a topic, below {@code topics}. An installation's topics may stand in the file of every stage. */
public final class TopicKeys {
    static final KeySection SECTION = KeySection.of("topics");

    public static final TopicKeys SCANNED = new TopicKeys("scanned", TopicSet.standard().scanned());
    public static final TopicKeys ENRICHED = new TopicKeys("enriched", TopicSet.standard().enriched());
    public static final TopicKeys CONTENT_RETRY = new TopicKeys("content-retry", TopicSet.standard().contentRetry());
    public static final TopicKeys DEAD_LETTER = new TopicKeys("dead-letter", TopicSet.standard().deadLetter());
    public static final TopicKeys RECEIPTS = new TopicKeys("receipts", TopicSet.standard().receipts());
    public static final TopicKeys SESSIONS = new TopicKeys("sessions", TopicSet.standard().sessions());
    public static final TopicKeys DIGESTS = new TopicKeys("digests", TopicSet.standard().digests());
    public static final TopicKeys REPAIRS = new TopicKeys("repairs", TopicSet.standard().repairs());

    private static final int MOST_PARTITIONS = 10_000;

    private final ConfigKey<String> name;
    private final ConfigKey<Integer> partitions;
    private final ConfigKey<Integer> replicationFactor;
    private final ConfigKey<Integer> minInsync;
    private final ConfigKey<Duration> retention;
    private final ConfigKey<Boolean> compacted;

    private TopicKeys(String topic, TopicSpec standard) {
        name = add(topic, ConfigKey.text("name", standard.name(), "Name of the topic."));
        partitions = add(topic, ConfigKey.integer("partitions", standard.partitions(), 1, MOST_PARTITIONS,
                "Partitions; the processes of a stage share them, so they bound how many have work."));
        replicationFactor = add(topic, ConfigKey.integer("replication-factor",
                standard.replicationFactor().orElse(0), 0, Short.MAX_VALUE,
                "Copies of each record; 0 leaves it to the cluster."));
        minInsync = add(topic, ConfigKey.integer("min-insync-replicas", standard.minInsync().orElse(0), 0,
                Short.MAX_VALUE, "Copies that must have a record before it counts as written, at most "
                        + "replication-factor; 0 leaves it to the cluster."));
        retention = add(topic, ConfigKey.duration("retention", standard.retention().orElse(Duration.ZERO),
                "How long records are kept; 0s leaves it to the cluster.").within(Bounds.atLeast(Duration.ZERO)));
        compacted = add(topic, ConfigKey.flag("compacted", standard.compacted(),
                "Whether only the latest record of each key is kept."));
    }

    private static <T> ConfigKey<T> add(String topic, ConfigKey<T> key) {
        return SECTION.add(key.below(topic));
    }

    /** Of its name, which whoever reads or writes the topic asks for. */
    public ConfigKey<String> name() {
        return name;
    }

    ConfigKey<Integer> partitions() {
        return partitions;
    }

    ConfigKey<Integer> replicationFactor() {
        return replicationFactor;
    }

    ConfigKey<Integer> minInsync() {
        return minInsync;
    }

    ConfigKey<Duration> retention() {
        return retention;
    }

    ConfigKey<Boolean> compacted() {
        return compacted;
    }
}
