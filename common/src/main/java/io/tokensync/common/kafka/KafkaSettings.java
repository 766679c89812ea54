package io.tokensync.common.kafka;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Secret;
import io.tokensync.common.config.Settings;

/**
 * Where Kafka is and how to get in.
 *
 * @param bootstrapServers {@code host:port}, several joined by commas
 * @param instanceId name of this process among its likes, stable over restarts and unique; with it the group waits for a
 *        restarted member instead of sharing out its partitions, and an interrupted transaction is ended at once
 * @param properties further properties of Kafka's clients, handed on as they are; those that the law of delivery needs
 *        are rejected
 */
public record KafkaSettings(String bootstrapServers, Optional<String> instanceId, Map<String, String> properties) {
    public static final KeySection KEYS = KeySection.of("kafka");

    private static final ConfigKey<String> BOOTSTRAP_SERVERS = KEYS.add(ConfigKey.text("bootstrap-servers",
            "localhost:9092", "Kafka's brokers to begin with, as host:port; several with commas."));
    private static final ConfigKey<String> INSTANCE_ID = KEYS.add(ConfigKey.optionalText("instance-id",
            "A name for this process that no other one of its stage has and that it keeps when it is started again, "
                    + "so that it has its partitions back at once."));
    private static final ConfigKey<Map<String, String>> PROPERTIES = KEYS.add(ConfigKey.map("properties",
            "Handed to Kafka's clients as they are, such as kafka.properties.security.protocol; those on which "
                    + "delivery rests are rejected. Values may come from files, as those of secrets."));

    /** Properties that must stay as they are, or rows would be lost or doubled. */
    private static final Map<String, String> LAW = Map.of("acks", "all", "enable.idempotence", "true",
            "enable.auto.commit", "false", "isolation.level", "read_committed", "auto.offset.reset", "earliest",
            "allow.auto.create.topics", "false");
    /** Properties that are set from keys of their own, or by the stage. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("bootstrap.servers", "kafka.bootstrap-servers"),
            Map.entry("group.instance.id", "kafka.instance-id"), Map.entry("transactional.id", "kafka.instance-id"),
            Map.entry("group.id", "the group of the stage"), Map.entry("key.serializer", "nothing, it is fixed"),
            Map.entry("value.serializer", "nothing, it is fixed"),
            Map.entry("key.deserializer", "nothing, it is fixed"),
            Map.entry("value.deserializer", "nothing, it is fixed"));
    private static final List<String> SECRET_PREFIXES = List.of("security.", "sasl.", "ssl.");

    public KafkaSettings {
        Objects.requireNonNull(bootstrapServers, "kafka.bootstrap-servers");
        Objects.requireNonNull(instanceId, "kafka.instance-id");
        properties = Map.copyOf(properties);
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("kafka.bootstrap-servers is empty; give host:port, several with commas");
        }
        if (instanceId.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException("kafka.instance-id is blank; leave it out or give a unique name");
        }
        properties.forEach(KafkaSettings::rejectUnsafe);
    }

    /** Just an address. */
    public static KafkaSettings at(String bootstrapServers) {
        return new KafkaSettings(bootstrapServers, Optional.empty(), Map.of());
    }

    /** Reads {@code kafka.bootstrap-servers}, {@code kafka.instance-id} and {@code kafka.properties.*}. */
    public static KafkaSettings from(Settings settings) {
        return new KafkaSettings(settings.get(BOOTSTRAP_SERVERS), settings.find(INSTANCE_ID),
                settings.map(PROPERTIES));
    }

    public KafkaSettings withInstanceId(String newInstanceId) {
        return new KafkaSettings(bootstrapServers, Optional.of(newInstanceId), properties);
    }

    public KafkaSettings withProperties(Map<String, String> newProperties) {
        return new KafkaSettings(bootstrapServers, instanceId, newProperties);
    }

    /** The addresses and the names of the properties; values that may be credentials are masked. */
    @Override
    public String toString() {
        Map<String, String> shown = new TreeMap<>(properties);
        shown.replaceAll((key, value) -> isSecret(key) ? Secret.MASK : value);
        return "KafkaSettings[" + bootstrapServers + ", instanceId=" + instanceId.orElse("none") + ", " + shown + "]";
    }

    private static boolean isSecret(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return SECRET_PREFIXES.stream().anyMatch(lower::startsWith) || lower.contains("password")
                || lower.contains("secret") || lower.contains("token") || lower.contains("credential");
    }

    private static void rejectUnsafe(String key, String value) {
        String fixed = LAW.get(key);
        if (fixed != null && !fixed.equalsIgnoreCase(value)) {
            throw new IllegalArgumentException("kafka.properties." + key + " must stay " + fixed
                    + ", or rows would be lost or doubled; leave it out");
        }
        if (ELSEWHERE.containsKey(key)) {
            throw new IllegalArgumentException(
                    "kafka.properties." + key + " cannot be set here; it comes from " + ELSEWHERE.get(key));
        }
    }
}
