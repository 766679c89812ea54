package io.tokensync.common.kafka;

import java.util.List;

import io.tokensync.common.config.DeclaredKeys;
import io.tokensync.common.config.KeySection;

/** What every stage is told of Kafka. */
public final class KafkaKeys implements DeclaredKeys {
    @Override
    public List<KeySection> sections() {
        return List.of(KafkaSettings.KEYS, TopicKeys.SECTION, StageGroups.SECTION);
    }
}
