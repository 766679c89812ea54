package io.tokensync.enricher;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tokensync.common.config.ConfigException;
import io.tokensync.common.config.Settings;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.serde.TokenRecordSerde;
import io.tokensync.enricher.content.Sample;
import io.tokensync.enricher.handler.Records;
import io.tokensync.enricher.http.KuboLookup;
import io.tokensync.enricher.retry.RetrySettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EnricherConfigTest {
    private static final int ROOM_FOR_THE_ROW = 100_000;

    @Test
    void withoutAnySettingNothingButTheRecordItselfIsLookedAt() {
        EnricherConfig config = config(Map.of());
        assertThat(config.content().blockstoreRoots()).isEmpty();
        assertThat(config.content().kubo().endpoints()).isEmpty();
        assertThat(config.longestWait()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.content().maxCharacters()).isEqualTo(50_000);
        assertThat(config.loop().group()).isEqualTo("tokensync-enricher");
        assertThat(config.loop().topics()).containsExactly("tokens.scanned");
        assertThat(config.topics()).isEqualTo(EnricherTopics.standard());
    }

    @Test
    void everyKeyArrives() {
        EnricherConfig config = config(Map.ofEntries(Map.entry("kafka.bootstrap-servers", "kafka:9092"),
                Map.entry("enricher.workers", "3"), Map.entry("enricher.wait", "500ms"),
                Map.entry("enricher.max-characters", "10"), Map.entry("enricher.group", "mine"),
                Map.entry("enricher.blockstore.roots", List.of("/nodes", "/mnt")),
                Map.entry("enricher.kubo.endpoints", "http://127.0.0.1:5002,https://ipfs.example.com/node1/"),
                Map.entry("enricher.kubo.lookup", "local"), Map.entry("enricher.kubo.concurrency", "7"),
                Map.entry("enricher.kubo.connect-timeout", "1s"), Map.entry("enricher.kubo.first-byte-timeout", "2s"),
                Map.entry("enricher.kubo.total-timeout", "3s"), Map.entry("enricher.cache.size", "1MiB"),
                Map.entry("enricher.cache.failures-kept", "5m"), Map.entry("topics.scanned.name", "in"),
                Map.entry("topics.enriched.name", "out"), Map.entry("topics.dead-letter.name", "dead"),
                Map.entry("topics.content-retry.name", "again"), Map.entry("enricher.window", "5"),
                Map.entry("enricher.fetches", "9"), Map.entry("content.retry.first-delay", "2m"),
                Map.entry("content.retry.longest-delay", "1h"), Map.entry("content.give-up", "4"),
                Map.entry("content.retry.wait", "20s"), Map.entry("content.retry.fetches", "6")));
        assertThat(config.loop().window()).isEqualTo(5);
        assertThat(config.fetches()).isEqualTo(9);
        assertThat(config.retry()).isEqualTo(
                new RetrySettings(Duration.ofMinutes(2), Duration.ofHours(1), 4, Duration.ofSeconds(20), 6));
        assertThat(config.workers()).isEqualTo(3);
        assertThat(config.longestWait()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.content().blockstoreRoots()).containsExactly(Path.of("/nodes"), Path.of("/mnt"));
        assertThat(config.content().kubo().lookup()).isEqualTo(KuboLookup.LOCAL);
        assertThat(config.content().kubo().concurrency()).isEqualTo(7);
        assertThat(config.content().kubo().endpoints()).extracting(endpoint -> endpoint.address()).containsExactly(
                URI.create("http://127.0.0.1:5002"), URI.create("https://ipfs.example.com/node1/"));
        assertThat(config.content().kubo().endpoints().getFirst().bounds().totalTimeout())
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(config.content().cacheBytes()).isEqualTo(1 << 20);
        assertThat(config.content().failuresKept()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.loop().group()).isEqualTo("mine");
        assertThat(config.loop().topics()).containsExactly("in");
        assertThat(config.topics()).isEqualTo(new EnricherTopics("in", "out", "dead", "sync.receipts", "again"));
    }

    @ParameterizedTest
    @CsvSource({"enricher.wait,0s,longer than zero", "enricher.wait,2m,at most 1m", "enricher.wait,2,unit of ms",
            "enricher.max-characters,0,whole number", "enricher.max-characters,150001,1 to 150000",
            "enricher.blockstore.roots,nodes,absolute",
            "enricher.kubo.endpoints,ftp://host,IPFS API or gateway address",
            "enricher.kubo.endpoints,host:5001x/,absolute address",
            "enricher.kubo.total-timeout,0s,longer than zero", "enricher.kubo.lookup,everywhere,local",
            "enricher.kubo.record-endpoints,node:5001,names are not resolved",
            "enricher.kubo.record-endpoints,10.0.0.0/33:5001,not a network",
            "enricher.kubo.record-endpoints,10.0.0.0/8:0,not a network",
            "enricher.kubo.record-endpoints,10.0.0.0/8,not a network",
            "enricher.waits,2s,enricher.wait", "enricher.window,0,1 to", "content.give-up,0,1 to",
            "content.retry.first-delay,0s,longer than zero", "content.retry.longest-delay,1s,must not be shorter",
            "content.retry.wait,0s,longer than zero", "enricher.kubo.endpoint,http://a,enricher.kubo.endpoints"})
    void whatCannotBeIsSaid(String key, String value, String said) {
        Map<String, String> keys = new HashMap<>(Map.of("enricher.kubo.endpoints", "http://127.0.0.1:5001"));
        keys.put(key, value);
        assertThatThrownBy(() -> config(keys)).isInstanceOf(ConfigException.class).hasMessageContaining(said);
    }

    @Test
    void allProblemsAreSaidAtOnce() {
        assertThatThrownBy(() -> config(Map.of("enricher.wait", "soon", "enricher.workers", "0",
                "enricher.kubo.concurrency", "no"))).isInstanceOfSatisfying(ConfigException.class,
                        e -> assertThat(e.problems()).hasSize(3));
    }

    /** No key of {@code max.request.size} is set, and whoever sets one can only raise what is allowed here. */
    @Test
    void theLongestContentFitsIntoOneRequestOfAProducer() {
        String worst = "\u0001".repeat(ContentSettings.MOST_CHARACTERS);
        TokenRecord record = Records.of(Sample.of("one"))
                .withContent(new Content.Fetched(Content.Fetched.READING, worst, "attached", null));
        int longest = (Integer) ProducerConfig.configDef().defaultValues().get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
        assertThat(TokenRecordSerde.write(record)).hasSizeLessThan(longest - ROOM_FOR_THE_ROW);
    }

    /** Else each loop would have as much of the heap as one that is alone, and large contents would end the process. */
    @Test
    void loopsOfOneProcessShareItsHeap() {
        long heap = Runtime.getRuntime().maxMemory();
        assertThat(config(Map.of("enricher.workers", "16")).loop().maxBytes())
                .isEqualTo(Math.min(8 << 20, heap / 64 / 16));
        assertThat(config(Map.of("enricher.workers", "16", "enricher.batch.bytes", "5MiB")).loop().maxBytes())
                .as("what somebody says").isEqualTo(5 << 20);
    }

    private static EnricherConfig config(Map<String, ?> keys) {
        Settings settings = Settings.of(keys);
        var config = settings.build(() -> EnricherConfig.from(settings));
        settings.check();
        return config.orElseThrow();
    }
}
