package io.tokensync.testkit.kafka;

import java.nio.file.Path;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class BrokerProcessIT {
    @TempDir
    Path directory;

    @Test
    void whatWasAcknowledgedSurvivesAKill() {
        BrokerProcess killed = BrokerProcess.start(directory);
        TestTopics topics = new TestTopics(killed.bootstrapServers());
        topics.create("letters", 2);
        topics.produce(IntStream.range(0, 500).mapToObj(i -> TestTopics.record("letters", "key" + i, "" + i)).toList());
        killed.kill();
        try (BrokerProcess again = BrokerProcess.start(directory)) {
            assertThat(again.bootstrapServers()).isEqualTo(killed.bootstrapServers());
            assertThat(topics.readCommitted("letters")).hasSize(500);
            topics.produce("letters", "one", "more");
            assertThat(topics.readCommitted("letters")).hasSize(501);
        }
    }
}
