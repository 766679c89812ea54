package io.tokensync.common.kafka.admin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

import io.tokensync.common.kafka.AdminAnswer;

/** How far a group is behind the topics it reads, as the broker knows it. */
public final class ConsumerLag {
    private final Admin admin;

    /** @param admin stays the caller's */
    public ConsumerLag(Admin admin) {
        this.admin = admin;
    }

    /**
     * One partition.
     *
     * @param committed next offset the group is going to read; the first there is when it has committed none
     * @param end behind the last record that a reader of committed records sees
     * @param written behind the last record there is, those of open transactions included
     */
    public record PartitionLag(TopicPartition partition, long committed, long end, long written) {
        /** Offsets between the group and the end; an offset is a record or a mark of a transaction. */
        public long lag() {
            return Math.max(0, end - committed);
        }

        /** Whether nothing is left, and nothing is on its way in an open transaction. */
        public boolean isDrained() {
            return committed >= written;
        }
    }

    /** Every partition of the topics. */
    public List<PartitionLag> of(String group, Collection<String> topics) throws InterruptedException {
        List<TopicPartition> partitions = partitions(topics);
        // Ends first: what is written while we ask counts as lag next time, never as drained by mistake.
        Map<TopicPartition, Long> written = offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
        Map<TopicPartition, Long> starts = offsets(partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, OffsetAndMetadata> committed = AdminAnswer.await(
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        List<PartitionLag> lags = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata offset = committed.get(partition);
            long from = offset == null ? starts.get(partition) : offset.offset();
            lags.add(new PartitionLag(partition, from, ends.get(partition), written.get(partition)));
        }
        return List.copyOf(lags);
    }

    /** Offsets the group is behind, over all partitions of the topics. */
    public long total(String group, Collection<String> topics) throws InterruptedException {
        return of(group, topics).stream().mapToLong(PartitionLag::lag).sum();
    }

    /**
     * Whether the group has committed everything that was ever written to the topics, and no transaction is open there:
     * a stage in front that has committed its offsets cannot have output that this overlooks.
     */
    public boolean isDrained(String group, Collection<String> topics) throws InterruptedException {
        return of(group, topics).stream().allMatch(PartitionLag::isDrained);
    }

    private List<TopicPartition> partitions(Collection<String> topics) throws InterruptedException {
        Map<String, TopicDescription> described = AdminAnswer.await(admin.describeTopics(topics).allTopicNames());
        return described.values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(info -> new TopicPartition(topic.name(), info.partition())))
                .toList();
    }

    private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec which,
            IsolationLevel isolation) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted = partitions.stream().collect(Collectors.toMap(p -> p, _ -> which));
        return AdminAnswer.await(admin.listOffsets(wanted, new ListOffsetsOptions(isolation)).all()).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
    }
}
