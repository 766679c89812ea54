package io.tokensync.common.kafka.topics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;

/** Compares a topic as it is with the one that it should be. */
enum TopicComparison {
    /** Everything is as it should be. */
    EXACT,
    /** There is no less of anything: more partitions and more copies are no fault of a topic that works. */
    AT_LEAST;

    /** A sentence for each difference. */
    List<String> differences(TopicSpec wanted, TopicDescription found, Config config) {
        String topic = "topic " + wanted.name() + " has ";
        List<String> differences = new ArrayList<>();
        int partitions = found.partitions().size();
        if (differs(partitions, wanted.partitions())) {
            differences.add(topic + partitions + " partitions, not " + atLeast() + wanted.partitions());
        }
        int replicas = found.partitions().getFirst().replicas().size();
        Optional<Integer> factor = wanted.replicationFactor().filter(copies -> differs(replicas, copies));
        factor.ifPresent(copies -> differences
                .add(topic + "replication factor " + replicas + ", not " + atLeast() + copies));
        for (Map.Entry<String, String> setting : wanted.settings().entrySet()) {
            ConfigEntry entry = config.get(setting.getKey());
            if (entry != null && !setting.getValue().equals(entry.value())) {
                differences.add(topic + setting.getKey() + "=" + entry.value() + ", not " + setting.getValue());
            }
        }
        return differences;
    }

    private boolean differs(int found, int wanted) {
        return this == EXACT ? found != wanted : found < wanted;
    }

    private String atLeast() {
        return this == EXACT ? "" : "at least ";
    }
}
