package io.tokensync.cli.operator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

import io.tokensync.common.kafka.AdminAnswer;

/** Where a topic begins and ends, where its groups have come to, and moving them; by number of partition. */
public final class TopicOffsets {
    private final Admin admin;
    private final String topic;

    /** @param admin stays the caller's */
    public TopicOffsets(Admin admin, String topic) {
        this.admin = admin;
        this.topic = topic;
    }

    /** The first offset there is in each partition. */
    public Map<Integer, Long> starts() throws InterruptedException {
        return offsets(OffsetSpec.earliest(), Map.of());
    }

    /** The offset behind the last one in each partition. */
    public Map<Integer, Long> ends() throws InterruptedException {
        return offsets(OffsetSpec.latest(), Map.of());
    }

    /** The first offset of that time or later in each partition; the end where there is none. */
    public Map<Integer, Long> at(Instant time) throws InterruptedException {
        return offsets(OffsetSpec.forTimestamp(time.toEpochMilli()), ends());
    }

    /** What the group has committed, where it has. */
    public Map<Integer, Long> committed(String group) throws InterruptedException {
        Map<Integer, Long> committed = new TreeMap<>();
        AdminAnswer.await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (partition.topic().equals(topic) && offset != null) {
                        committed.put(partition.partition(), offset.offset());
                    }
                });
        return committed;
    }

    /** The groups that have committed something in this topic. */
    public List<String> groups() throws InterruptedException {
        // A broker that has just started lists no group until its coordinator has read them; this is answered only then.
        committed(KafkaAccess.NO_GROUP);
        List<String> groups = new ArrayList<>();
        for (GroupListing group : AdminAnswer.await(admin.listGroups().all())) {
            if (!committed(group.groupId()).isEmpty()) {
                groups.add(group.groupId());
            }
        }
        return groups.stream().sorted().toList();
    }

    /** The members that are alive, as the broker knows them: client, host and partitions. A group of none is stopped. */
    public List<String> members(String group) throws InterruptedException {
        try {
            ConsumerGroupDescription found = AdminAnswer
                    .await(admin.describeConsumerGroups(List.of(group)).describedGroups().get(group));
            return found.members().stream().map(member -> member.clientId() + member.host() + " with partitions "
                    + member.assignment().topicPartitions().stream().map(TopicPartition::toString).sorted().toList())
                    .sorted().toList();
        } catch (GroupIdNotFoundException _) {
            return List.of();
        }
    }

    /** Ends the membership of everybody in the group; only for a broker at which nobody can be alive. */
    public void dismissMembers(String group) throws InterruptedException {
        try {
            AdminAnswer.await(admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                    .all());
        } catch (GroupIdNotFoundException _) {
            // It has no members.
        }
    }

    /** Sets what the group, which is stopped, has committed. */
    public void move(String group, Map<Integer, Long> offsets) throws InterruptedException {
        AdminAnswer.await(admin.alterConsumerGroupOffsets(group, offsets.entrySet().stream().collect(
                Collectors.toMap(e -> partition(e.getKey()), e -> new OffsetAndMetadata(e.getValue())))).all());
    }

    /** Deletes the records before these offsets, for everybody and for ever. */
    public void deleteBefore(Map<Integer, Long> offsets) throws InterruptedException {
        AdminAnswer.await(admin.deleteRecords(offsets.entrySet().stream().collect(
                Collectors.toMap(e -> partition(e.getKey()), e -> RecordsToDelete.beforeOffset(e.getValue())))).all());
    }

    private TopicPartition partition(int number) {
        return new TopicPartition(topic, number);
    }

    private Map<Integer, Long> offsets(OffsetSpec spec, Map<Integer, Long> otherwise) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted = AdminAnswer
                .await(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic).partitions().stream()
                .map(info -> partition(info.partition())).collect(Collectors.toMap(Function.identity(), _ -> spec));
        Map<Integer, Long> offsets = new TreeMap<>();
        for (Entry<TopicPartition, ListOffsetsResultInfo> found : AdminAnswer
                .await(admin.listOffsets(wanted).all()).entrySet()) {
            int number = found.getKey().partition();
            long offset = found.getValue().offset();
            offsets.put(number, offset < 0 ? otherwise.getOrDefault(number, offset) : offset);
        }
        return offsets;
    }
}
