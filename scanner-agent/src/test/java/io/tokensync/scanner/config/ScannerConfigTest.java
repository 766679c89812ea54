package io.tokensync.scanner.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.tokensync.common.config.ConfigException;
import io.tokensync.common.config.Settings;
import io.tokensync.scanner.publish.PublishTopics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ScannerConfigTest {
    @Test
    void onlyTheRootsMustBeGiven() {
        ScannerConfig config = read(Map.of("scanner.roots", List.of("/nodes")));
        assertThat(config.discovery().roots()).containsExactly(Path.of("/nodes"));
        assertThat(config.reading().pageRows()).isEqualTo(500);
        assertThat(config.deletes()).isEqualTo(DeletionLimits.DEFAULT);
        assertThat(config.content().attachMaxBytes()).isEqualTo(65_536);
        assertThat(config.schedule()).isEqualTo(ScannerConfig.Schedule.continuous());
        assertThat(config.identity().sourceIp()).isEmpty();
        assertThat(config.publish().topics()).isEqualTo(PublishTopics.STANDARD);
    }

    @Test
    void everyKeyIsRead() {
        ScannerConfig config = read(Map.ofEntries(Map.entry("scanner.roots", List.of("/a", "/b")),
                Map.entry("scanner.include", List.of("/a/**")), Map.entry("scanner.exclude", List.of("/b/x/**")),
                Map.entry("scanner.max-depth", 5), Map.entry("scanner.aliases./a/n.1/Rubix/rubix.db", "one"),
                Map.entry("scanner.source-ip", "10.1.2.3"), Map.entry("scanner.replaces-source-ip", "10.1.2.2"),
                Map.entry("scanner.state-dir", "/var/lib/scanner"), Map.entry("scanner.page-rows", 100),
                Map.entry("scanner.busy-timeout", "500ms"), Map.entry("scanner.busy-tries", 7),
                Map.entry("scanner.max-delete-ratio", "0.25"), Map.entry("scanner.confirm-after", "6h"),
                Map.entry("scanner.confirm-deletes", List.of("one")), Map.entry("scanner.attach.max-bytes", "8KiB"),
                Map.entry("scanner.once", true), Map.entry("scanner.interval", "5s"), Map.entry("scanner.jitter", "0"),
                Map.entry("scanner.essential-only", true), Map.entry("scanner.first-scan.rows-per-second", 70),
                Map.entry("topics.scanned.name", "rows"), Map.entry("topics.dead-letter.name", "rejected"),
                Map.entry("kafka.bootstrap-servers", "k:9092")));
        assertThat(config.publish().topics())
                .isEqualTo(new PublishTopics("rows", "rejected", "sync.receipts", "sync.digests", "sync.repairs"));
        assertThat(config.discovery().aliases()).containsEntry(Path.of("/a/n.1/Rubix/rubix.db"), "one");
        assertThat(config.identity().replaces()).contains("10.1.2.2");
        assertThat(config.reading().busyTimeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.deletes().confirmedNodes()).containsExactly("one");
        assertThat(config.content().attachMaxBytes()).isEqualTo(8_192);
        assertThat(config.content().essentialOnly()).isTrue();
        assertThat(config.schedule().firstScanRows()).isEqualTo(70);
        assertThat(config.schedule().once()).isTrue();
        assertThat(config.kafka().bootstrapServers()).isEqualTo("k:9092");
    }

    @Test
    void attachingCanBeSwitchedOff() {
        assertThat(read(Map.of("scanner.roots", "/nodes", "scanner.attach.enabled", false)).content().attachMaxBytes())
                .isZero();
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        assertThatThrownBy(() -> read(Map.of("scanner.intervall", "5s", "scanner.page-rows", "0",
                "scanner.attach.max-bytes", "1GiB", "scanner.max-delete-ratio", "2")))
                .isInstanceOf(ConfigException.class).hasMessageContaining("scanner.roots")
                .hasMessageContaining("scanner.interval").hasMessageContaining("scanner.page-rows")
                .hasMessageContaining("scanner.max-delete-ratio");
    }

    private static ScannerConfig read(Map<String, ?> values) {
        Settings settings = Settings.of(values);
        ScannerConfig config = settings.build(() -> ScannerConfig.from(settings)).orElse(null);
        settings.check();
        return config;
    }
}
