package io.tokensync.common.kafka;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.common.config.Settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KafkaSettingsTest {
    private static final KafkaSettings SETTINGS = KafkaSettings.at("localhost:9092");

    @ParameterizedTest
    @CsvSource({"acks,1", "enable.auto.commit,true", "isolation.level,read_uncommitted", "enable.idempotence,false",
            "auto.offset.reset,latest", "allow.auto.create.topics,true"})
    void propertiesThatWouldBreakDeliveryAreRejected(String key, String value) {
        assertThatThrownBy(() -> SETTINGS.withProperties(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("kafka.properties." + key);
    }

    @Test
    void theSameValueIsNotRejected() {
        assertThat(SETTINGS.withProperties(Map.of("acks", "all")).properties()).containsEntry("acks", "all");
    }

    @ParameterizedTest
    @ValueSource(strings = {"group.id", "transactional.id", "bootstrap.servers", "group.instance.id"})
    void propertiesWithAKeyOfTheirOwnAreRejected(String key) {
        assertThatThrownBy(() -> SETTINGS.withProperties(Map.of(key, "x"))).hasMessageContaining(key);
    }

    @Test
    void credentialsAreNotShown() {
        KafkaSettings settings = SETTINGS.withProperties(Map.of("sasl.jaas.config", "user hunter2",
                "ssl.key.password", "hunter2", "security.protocol", "hunter2", "my.plugin.token", "hunter2",
                "request.timeout.ms", "15000"));
        assertThat(settings.toString()).doesNotContain("hunter2").contains("sasl.jaas.config", "15000");
    }

    @Test
    void everythingIsReadFromTheConfiguration() {
        Settings settings = Settings.of(Map.of("kafka.bootstrap-servers", "one:9092,two:9092", "kafka.instance-id", "a",
                "kafka.properties.request.timeout.ms", "15000"));
        KafkaSettings read = KafkaSettings.from(settings);
        settings.check();
        assertThat(read.bootstrapServers()).isEqualTo("one:9092,two:9092");
        assertThat(read.instanceId()).contains("a");
        assertThat(read.properties()).containsEntry("request.timeout.ms", "15000");
    }
}
