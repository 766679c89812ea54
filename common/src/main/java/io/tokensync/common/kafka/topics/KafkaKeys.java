package io.tokensync.common.kafka.topics;

import java.util.List;

import io.tokensync.common.config.DeclaredKeys;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.StageGroups;

/** The keys of Kafka, of the topics and of the groups. */
public final class KafkaKeys implements DeclaredKeys {
    @Override
    public List<KeySection> sections() {
        return List.of(KafkaSettings.KEYS, TopicKeys.SECTION, StageGroups.SECTION);
    }
}
