package io.tokensync.common.kafka.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.LeaderNotAvailableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.AdminAnswer;
import io.tokensync.common.time.Sleeper;

/**
 * The topics of an installation. They are created by {@code tokensync topics create} and by local mode, never by a stage
 * on the side.
 *
 * @param contentRetry what the {@value Topics#CONTENT_RETRY_STEPS} topics of retries have in common
 */
public record TopicSet(TopicSpec scanned, TopicSpec enriched, TopicSpec deadLetter, TopicSpec receipts,
        TopicSpec sessions, TopicSpec digests, TopicSpec repairs, TopicSpec contentRetry) {
    /** What to do about missing topics. */
    public static final String HOW_TO_CREATE = "create them with: tokensync topics create";

    private static final int PARTITIONS = 12;
    /** Receipts are few: one to a batch. Those of an agent share a partition. */
    private static final int RECEIPT_PARTITIONS = 6;
    /** Retries wait for the network; workers without a partition of them do the other work. */
    private static final int RETRY_PARTITIONS = 3;
    private static final Duration WEEKS = Duration.ofDays(14);
    /** A verdict is of use to an agent that asked for it; one that was away longer asks anew. */
    private static final Duration DAYS = Duration.ofDays(2);

    private static final int LEADER_ATTEMPTS = 200;
    private static final Duration LEADER_PAUSE = Duration.ofMillis(100);

    /** Topics for a cluster: 12 partitions and 14 days, replication as the cluster has it; fewer for what the monitor reads. */
    public static TopicSet standard() {
        return new TopicSet(spec(Topics.SCANNED, PARTITIONS), spec(Topics.ENRICHED, PARTITIONS),
                spec(Topics.DEAD_LETTER, 1), spec(Topics.RECEIPTS, RECEIPT_PARTITIONS),
                compacted(Topics.SESSIONS, RECEIPT_PARTITIONS), compacted(Topics.DIGESTS, RECEIPT_PARTITIONS),
                new TopicSpec(Topics.REPAIRS, 1, Optional.empty(), Optional.of(DAYS), false),
                spec(Topics.CONTENT_RETRY, RETRY_PARTITIONS));
    }

    /** Topics for the embedded broker: few partitions, kept as long as the broker keeps them; retries are copied forward. */
    public static TopicSet local(int partitions) {
        return new TopicSet(local(Topics.SCANNED, partitions), local(Topics.ENRICHED, partitions),
                local(Topics.DEAD_LETTER, 1), local(Topics.RECEIPTS, 1), compacted(Topics.SESSIONS, 1),
                compacted(Topics.DIGESTS, 1),
                new TopicSpec(Topics.REPAIRS, 1, Optional.empty(), Optional.of(DAYS), false),
                spec(Topics.CONTENT_RETRY, 1));
    }

    /** The standard ones with what {@code topics.scanned.*}, {@code topics.enriched.*} … say. */
    public static TopicSet from(Settings settings) {
        return from(settings, standard());
    }

    /** No more than what those keys say, and without what the stages cannot work; for {@link #shortcomings}. */
    public static TopicSet stated(Settings settings) {
        TopicSet least = local(1);
        return from(settings, new TopicSet(least.scanned, least.enriched, least.deadLetter, least.receipts,
                least.sessions, least.digests, local(Topics.REPAIRS, 1), local(Topics.CONTENT_RETRY, 1)));
    }

    private static TopicSet from(Settings settings, TopicSet defaults) {
        return new TopicSet(TopicSpec.from(settings, TopicKeys.SCANNED, defaults.scanned),
                TopicSpec.from(settings, TopicKeys.ENRICHED, defaults.enriched),
                TopicSpec.from(settings, TopicKeys.DEAD_LETTER, defaults.deadLetter),
                TopicSpec.from(settings, TopicKeys.RECEIPTS, defaults.receipts),
                TopicSpec.from(settings, TopicKeys.SESSIONS, defaults.sessions),
                TopicSpec.from(settings, TopicKeys.DIGESTS, defaults.digests),
                TopicSpec.from(settings, TopicKeys.REPAIRS, defaults.repairs),
                TopicSpec.from(settings, TopicKeys.CONTENT_RETRY, defaults.contentRetry));
    }

    public List<TopicSpec> all() {
        Stream<TopicSpec> retries = IntStream.rangeClosed(1, Topics.CONTENT_RETRY_STEPS)
                .mapToObj(step -> contentRetry.named(Topics.contentRetry(contentRetry.name(), step)));
        return Stream.concat(Stream.of(scanned, enriched, deadLetter, receipts, sessions, digests, repairs), retries)
                .toList();
    }

    /** Creates the topics that are missing and returns their names; leaves the others as they are. */
    public List<String> create(Admin admin) throws InterruptedException {
        Set<String> missing = Set.copyOf(missing(admin));
        List<TopicSpec> wanted = all().stream().filter(topic -> missing.contains(topic.name())).toList();
        List<String> created = new ArrayList<>();
        Map<String, KafkaFuture<Void>> results = admin.createTopics(wanted.stream().map(TopicSpec::toNewTopic).toList())
                .values();
        for (TopicSpec topic : wanted) {
            try {
                AdminAnswer.await(results.get(topic.name()));
                created.add(topic.name());
            } catch (TopicExistsException _) {
                // Another process was faster.
            }
        }
        awaitLeaders(admin, wanted);
        return List.copyOf(created);
    }

    /**
     * A partition without a leader yet may reject a producer's first batch and accept its second, after which the first
     * is out of order for ever. Asking for offsets waits for the leaders.
     */
    private static void awaitLeaders(Admin admin, List<TopicSpec> topics) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        for (TopicSpec topic : topics) {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                partitions.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
            }
        }
        for (int attempt = 1;; attempt++) {
            try {
                AdminAnswer.await(admin.listOffsets(partitions).all());
                return;
            } catch (UnknownTopicOrPartitionException | LeaderNotAvailableException e) {
                // Created, but the broker that was asked has not heard of it yet.
                if (attempt == LEADER_ATTEMPTS) {
                    throw e;
                }
                Sleeper.system().sleep(LEADER_PAUSE);
            }
        }
    }

    /** Names of the topics that do not exist. */
    public List<String> missing(Admin admin) throws InterruptedException {
        return missing(admin, all().stream().map(TopicSpec::name).toList());
    }

    /** Those of the names that do not exist. */
    public static List<String> missing(Admin admin, List<String> names) throws InterruptedException {
        Set<String> existing = AdminAnswer.await(admin.listTopics().names());
        return names.stream().filter(name -> !existing.contains(name)).toList();
    }

    /** What differs between the topics as they are and as they should be, one sentence each; missing ones included. */
    public List<String> differences(Admin admin) throws InterruptedException {
        return differences(admin, TopicComparison.EXACT);
    }

    /** As {@link #differences}, but more partitions or copies than these are none. */
    public List<String> shortcomings(Admin admin) throws InterruptedException {
        return differences(admin, TopicComparison.AT_LEAST);
    }

    private List<String> differences(Admin admin, TopicComparison comparison) throws InterruptedException {
        List<String> missing = missing(admin);
        List<String> differences = new ArrayList<>();
        missing.forEach(name -> differences.add("topic " + name + " does not exist; " + HOW_TO_CREATE));
        List<TopicSpec> existing = all().stream().filter(topic -> !missing.contains(topic.name())).toList();
        List<String> names = existing.stream().map(TopicSpec::name).toList();
        Map<String, TopicDescription> described = AdminAnswer.await(admin.describeTopics(names).allTopicNames());
        Map<ConfigResource, Config> configs = AdminAnswer.await(
                admin.describeConfigs(names.stream().map(TopicSet::resource).toList()).all());
        for (TopicSpec topic : existing) {
            differences.addAll(comparison.differences(topic, described.get(topic.name()),
                    configs.get(resource(topic.name()))));
        }
        return List.copyOf(differences);
    }

    /** One line per topic, for people. */
    public String describe() {
        return all().stream()
                .map(topic -> topic.name() + " partitions=" + topic.partitions() + " replication-factor="
                        + topic.replicationFactor().map(Object::toString).orElse("(cluster's)") + " "
                        + topic.settings())
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static TopicSpec spec(String name, int partitions) {
        return new TopicSpec(name, partitions, Optional.empty(), Optional.of(WEEKS), false);
    }

    private static TopicSpec local(String name, int partitions) {
        return new TopicSpec(name, partitions, Optional.empty(), Optional.empty(), false);
    }

    private static TopicSpec compacted(String name, int partitions) {
        return new TopicSpec(name, partitions, Optional.empty(), Optional.empty(), true);
    }
}
