package io.tokensync.scanner;

import java.nio.file.Path;
import java.time.Duration;

import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.retry.RetryPolicy;
import io.tokensync.scanner.diff.StatusFilter;
import io.tokensync.scanner.discovery.DiscoveryConfig;
import io.tokensync.scanner.publish.PublishConfig;
import io.tokensync.scanner.publish.PublishTopics;
import io.tokensync.scanner.sqlite.ReadingConfig;

/** An agent's configuration that a test changes in what it is about. */
final class TestConfig {
    DiscoveryConfig discovery;
    ReadingConfig reading = new ReadingConfig(3, Duration.ofSeconds(10), Duration.ZERO, 1, 10,
            Duration.ofMinutes(10));
    StatusFilter statuses = StatusFilter.ALL;
    DeleteGuard deletes = DeleteGuard.DEFAULT;
    ScannerConfig.Identity identity = ScannerConfig.Identity.of("10.0.0.1");
    Path stateDir;
    ContentConfig content = ContentConfig.DEFAULT;
    ScannerConfig.Schedule schedule = ScannerConfig.Schedule.continuous();
    PublishConfig publish = new PublishConfig(PublishTopics.STANDARD, 3, RetryPolicy.standard());
    KafkaSettings kafka = KafkaSettings.at("localhost:1");

    TestConfig(Path root, Path stateDir) {
        this.discovery = DiscoveryConfig.of(root);
        this.stateDir = stateDir;
    }

    ScannerConfig build() {
        return new ScannerConfig(discovery, reading, statuses, deletes, identity, stateDir, content, schedule, kafka,
                publish);
    }
}
