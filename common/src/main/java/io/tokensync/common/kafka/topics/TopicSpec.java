package io.tokensync.common.kafka.topics;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;

import io.tokensync.common.config.Settings;

/**
 * A topic as it should be.
 *
 * @param name of the topic
 * @param partitions how many; readers of a group share them, so it bounds their number
 * @param replicationFactor copies; empty leaves it to the cluster
 * @param retention how long records are kept; empty leaves it to the cluster
 * @param compacted whether only the latest record per key is kept
 * @param minInsync copies that must have a record before it counts as written; empty leaves it to the cluster
 */
public record TopicSpec(String name, int partitions, Optional<Integer> replicationFactor, Optional<Duration> retention,
        boolean compacted, Optional<Integer> minInsync) {
    public TopicSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(replicationFactor, "replicationFactor");
        Objects.requireNonNull(retention, "retention");
        if (name.isBlank() || partitions <= 0) {
            throw new IllegalArgumentException("topic '" + name + "' needs a name and at least one partition");
        }
        if (replicationFactor.filter(factor -> factor <= 0 || factor > Short.MAX_VALUE).isPresent()) {
            throw new IllegalArgumentException("topic " + name + " needs a replication factor of at least one");
        }
        minInsync.ifPresent(min -> requireCopies(name, min, replicationFactor.orElse(0)));
    }

    /** The cluster's own number of copies that must have a record. */
    public TopicSpec(String name, int partitions, Optional<Integer> replicationFactor, Optional<Duration> retention,
            boolean compacted) {
        this(name, partitions, replicationFactor, retention, compacted, Optional.empty());
    }

    private static void requireCopies(String topic, int min, int factor) {
        if (factor == 0) {
            throw new IllegalArgumentException("topic " + topic + " has min-insync-replicas " + min
                    + ", but no replication-factor to compare it with; give both");
        }
        if (min > factor) {
            throw new IllegalArgumentException("topic " + topic + " has min-insync-replicas " + min
                    + ", but replication-factor " + factor + ": nothing could ever be written to it");
        }
    }

    /** What the keys say; a 0 leaves it to the cluster. */
    static TopicSpec from(Settings settings, TopicKeys keys, TopicSpec defaults) {
        int factor = settings.get(keys.replicationFactor(), defaults.replicationFactor.orElse(0));
        int minInsync = settings.get(keys.minInsync(), defaults.minInsync.orElse(0));
        Duration retention = settings.get(keys.retention(), defaults.retention.orElse(Duration.ZERO));
        return new TopicSpec(settings.get(keys.name(), defaults.name),
                settings.get(keys.partitions(), defaults.partitions),
                Optional.of(factor).filter(f -> f > 0), Optional.of(retention).filter(Duration::isPositive),
                settings.get(keys.compacted(), defaults.compacted), Optional.of(minInsync).filter(m -> m > 0));
    }

    /** The same under another name. */
    TopicSpec named(String other) {
        return new TopicSpec(other, partitions, replicationFactor, retention, compacted, minInsync);
    }

    /** What the broker is told about it. */
    NewTopic toNewTopic() {
        return new NewTopic(name, Optional.of(partitions), replicationFactor.map(Integer::shortValue))
                .configs(settings());
    }

    /**
     * The topic's own settings, by Kafka's names. Records have the brokers' time: by that of a machine whose clock is behind,
     * the retention would take them before they are read, and by one that is ahead they would be rejected.
     */
    public Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TimestampType.LOG_APPEND_TIME.name);
        minInsync.ifPresent(m -> settings.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(m)));
        retention.ifPresent(r -> settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(r.toMillis())));
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG,
                compacted ? TopicConfig.CLEANUP_POLICY_COMPACT : TopicConfig.CLEANUP_POLICY_DELETE);
        return settings;
    }
}
