package io.tokensync.enricher;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.config.Settings;
import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.serde.TokenRecordSerde;
import io.tokensync.enricher.content.BlockFiles;
import io.tokensync.enricher.content.Sample;
import io.tokensync.enricher.content.TestMetrics;
import io.tokensync.enricher.content.TreeSample;
import io.tokensync.enricher.handler.Records;
import io.tokensync.testkit.ipfs.NodeAnswer;
import io.tokensync.testkit.ipfs.ScriptedIpfsNode;
import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The whole stage: real broker, real files, a node that speaks HTTP. */
@Timeout(180)
class EnricherIT {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    private final ScriptedIpfsNode node = ScriptedIpfsNode.start();
    private final ScriptedIpfsNode stranger = ScriptedIpfsNode.start();
    private final List<EnricherApp> running = new ArrayList<>();
    private final TestMetrics metrics = new TestMetrics();
    private final String scanned = KAFKA.createTopic("scanned", 3);
    private final String enriched = KAFKA.createTopic("enriched", 3);
    private final String dead = KAFKA.createTopic("dead", 1);
    private final String group = KAFKA.name("enricher");
    private final String retries = RetryTopics.create(KAFKA, 1);

    @TempDir
    private Path nodes;

    @AfterEach
    void close() {
        running.forEach(EnricherApp::close);
        node.close();
        stranger.close();
    }

    @Test
    void everyRowArrivesWithItsContentOrTheReason() throws Exception {
        Map<String, Sample> samples = new HashMap<>();
        Map<String, String> expected = new HashMap<>();
        List<TokenRecord> records = new ArrayList<>();
        BlockFiles files = new BlockFiles(nodes.resolve("node1/.ipfs"));
        for (String text : Sample.HOSTILE) {
            Sample attached = Sample.of("attached" + text);
            Sample stored = Sample.of("stored" + text);
            Sample remote = Sample.of("remote" + text);
            files.put(stored.cid(), stored.block().bytes());
            node.on(remote.cid().toString(), NodeAnswer.bytes(remote.block().bytes()));
            records.addAll(List.of(Records.attached(attached), Records.of(remote),
                    Records.of(stored.cid().toString(), null, files.repository().toString())));
            List.of(attached, stored, remote).forEach(sample -> samples.put(sample.cid().toString(), sample));
        }
        script("silent", NodeAnswer.silence(), "pending: timeout", records, expected);
        script("midway", NodeAnswer.stallMidway(new byte[100]), "pending: timeout", records, expected);
        script("missing", NodeAnswer.notHere(), "pending: not_found", records, expected);
        script("liar", NodeAnswer.bytes(Sample.of("a lie").block().bytes()), "pending: mismatch", records, expected);
        script("huge", NodeAnswer.endless(), "pending: too_large", records, expected);
        script("reset", NodeAnswer.reset(), "pending: unavailable", records, expected);
        script("elsewhere", NodeAnswer.redirect(stranger.address()), "pending: unavailable", records, expected);
        expected.put("no id", "not_a_cid");
        records.add(Records.of("no id", null, null));
        publish(records);

        start(Map.of("enricher.blockstore.roots", List.of(nodes.toString()), "enricher.wait", "5s",
                "enricher.kubo.first-byte-timeout", "300ms", "enricher.kubo.total-timeout", "400ms"));

        List<TokenRecord> output = awaitEnriched(records.size());
        assertThat(output).extracting(TokenRecord::key)
                .containsExactlyInAnyOrderElementsOf(records.stream().map(TokenRecord::key).toList());
        for (TokenRecord record : output) {
            String id = record.key().tokenId();
            switch (record.content()) {
                case Content.Fetched fetched -> assertThat(fetched.data()).isEqualTo(samples.get(id).text())
                        .startsWith(Map.of("attached", "attached", "blockstore", "stored", "kubo", "remote")
                                .get(fetched.source()));
                case Content.Failed failed -> assertThat(failed.error()).startsWith(expected.get(id) + ": ");
                case Content.Absent _ -> throw new AssertionError(id + " passed without content or reason");
            }
        }
        assertThat(stranger.requests()).isEmpty();
    }

    @Test
    void aFileOfSeveralBlocksArrivesWhole() throws Exception {
        String text = "a long contract, ".repeat(500);
        BlockFiles files = new BlockFiles(nodes.resolve("node1/.ipfs"));
        TreeSample remote = TreeSample.of(("remote: " + text).getBytes(StandardCharsets.UTF_8), 1_000, 5, true);
        remote.blocks().forEach((cid, block) -> node.on(cid.toString(), NodeAnswer.bytes(block)));
        TreeSample stored = TreeSample.of(("stored: " + text).getBytes(StandardCharsets.UTF_8), 1_000, 5, false);
        stored.blocks().forEach(files::put);
        TreeSample begun = TreeSample.of(("begun: " + text).getBytes(StandardCharsets.UTF_8), 1_000, 20, false);
        begun.blocks().forEach((cid, block) -> node.on(cid.toString(), NodeAnswer.bytes(block)));
        node.on(begun.cid().toString(), NodeAnswer.notHere());
        TreeSample torn = TreeSample.of(("torn: " + text).getBytes(StandardCharsets.UTF_8), 1_000, 20, false);
        node.on(torn.cid().toString(), NodeAnswer.bytes(torn.block().bytes()));
        publish(List.of(Records.of(remote.cid().toString(), null, null),
                Records.of(stored.cid().toString(), null, files.repository().toString()),
                Records.of(begun.cid().toString(), begun.block(), null),
                Records.of(torn.cid().toString(), null, null)));
        start(Map.of("enricher.blockstore.roots", List.of(nodes.toString()), "enricher.wait", "30s"));
        assertThat(awaitEnriched(4)).extracting(TokenRecord::content).satisfiesExactlyInAnyOrder(
                content -> assertThat(content)
                        .isEqualTo(new Content.Fetched(Content.Fetched.READING, "remote: " + text, "kubo", null)),
                content -> assertThat(content)
                        .isEqualTo(new Content.Fetched(Content.Fetched.READING, "stored: " + text, "blockstore", null)),
                content -> assertThat(content).isEqualTo(
                        new Content.Fetched(Content.Fetched.READING, "begun: " + text, "attached+kubo", null)),
                content -> assertThat(content).isInstanceOfSatisfying(Content.Failed.class,
                        failed -> assertThat(failed.error()).startsWith("pending: not_found: block Qm")));
    }

    @Test
    void theOrderInsideAPartitionIsKept() throws Exception {
        List<TokenRecord> records = IntStream.range(0, 2_000).mapToObj(i -> {
            Sample sample = Sample.of("content " + i);
            node.on(sample.cid().toString(), NodeAnswer.bytes(sample.block().bytes()));
            return i % 10 == 0 ? Records.of(sample) : Records.attached(sample);
        }).toList();
        publish(records);
        start(Map.of("enricher.wait", "30s"));
        awaitEnriched(records.size());
        assertThat(order(enriched)).isEqualTo(order(scanned));
    }

    @Test
    void whatCannotBeReadIsDeadLettered() throws Exception {
        KAFKA.topics().produce(scanned, "key", "not a record");
        publish(List.of(Records.attached(Sample.of("good"))));
        start(Map.of());
        awaitEnriched(1);
        await().atMost(LONGEST_WAIT).untilAsserted(() -> assertThat(KAFKA.readCommitted(dead)).singleElement()
                .satisfies(deadLetter -> assertThat(deadLetter.value()).asString(StandardCharsets.UTF_8)
                        .isEqualTo("not a record")));
    }

    @Test
    void aStageThatIsReplacedMidwayLosesAndDoublesNothing() throws Exception {
        List<TokenRecord> records = IntStream.range(0, 6_000)
                .mapToObj(i -> Records.attached(Sample.of("content " + i))).toList();
        publish(records);
        for (int restart = 0; restart < 3; restart++) {
            EnricherApp app = start(Map.of("enricher.batch.rows", "50"));
            int before = KAFKA.readCommitted(enriched).size();
            await().atMost(LONGEST_WAIT)
                    .until(() -> KAFKA.readCommitted(enriched).size() > before || before == records.size());
            app.close();
        }
        start(Map.of());
        assertThat(awaitEnriched(records.size())).extracting(TokenRecord::key)
                .containsExactlyInAnyOrderElementsOf(records.stream().map(TokenRecord::key).toList());
    }

    @Test
    void aNodeThatIsAwayHoldsNothingUp() throws Exception {
        node.close();
        publish(List.of(Records.of(Sample.of("remote")), Records.attached(Sample.of("attached"))));
        start(Map.of());
        assertThat(awaitEnriched(2)).extracting(TokenRecord::content).hasAtLeastOneElementOfType(Content.Fetched.class)
                .anySatisfy(content -> assertThat(content).isInstanceOfSatisfying(Content.Failed.class,
                        failed -> assertThat(failed.error()).startsWith("pending: unavailable: ")));
    }

    @Test
    void contentThatComesLaterIsSentAgainAlsoAfterARestart() throws Exception {
        Sample late = Sample.of("late");
        node.on(late.cid().toString(), NodeAnswer.notHere());
        publish(List.of(Records.of(late)));
        Map<String, String> quick = Map.of("content.retry.first-delay", "100ms", "content.retry.longest-delay", "400ms",
                "enricher.cache.failures-kept", "0s");
        EnricherApp first = start(quick);
        awaitEnriched(1);
        await().atMost(LONGEST_WAIT)
                .until(() -> metrics.count(MetricNames.ENRICHER_CONTENT_RETRIES, "missing") >= 2);
        first.close();
        node.on(late.cid().toString(), NodeAnswer.bytes(late.block().bytes()));
        start(quick);
        assertThat(awaitEnriched(2)).extracting(TokenRecord::content).last()
                .isEqualTo(new Content.Fetched(Content.Fetched.READING, "late", "kubo", null));
        assertThat(KAFKA.readCommitted(enriched)).last()
                .satisfies(record -> assertThat(record.headers().lastHeader("content_retry")).isNotNull());
    }

    @Test
    void contentThatNeverComesIsGivenUpAndSaidSo() throws Exception {
        Sample never = Sample.of("never");
        node.on(never.cid().toString(), NodeAnswer.notHere());
        publish(List.of(Records.of(never)));
        start(Map.of("content.retry.first-delay", "50ms", "content.retry.longest-delay", "100ms", "content.give-up",
                "3", "enricher.cache.failures-kept", "0s"));
        assertThat(awaitEnriched(2)).extracting(TokenRecord::content).last().isInstanceOfSatisfying(
                Content.Failed.class,
                failed -> assertThat(failed.error()).startsWith("not_found: given up after 3 attempts: "));
    }

    @Test
    void nothingIsLeftOpenBehindIt() throws Exception {
        Set<Long> before = threads().keySet();
        Sample remote = Sample.of("remote");
        node.on(remote.cid().toString(), NodeAnswer.bytes(remote.block().bytes()));
        List<TokenRecord> records = new ArrayList<>(List.of(Records.of(remote)));
        script("silent", NodeAnswer.silence(), "", records, new HashMap<>());
        script("midway", NodeAnswer.stallMidway(new byte[100]), "", records, new HashMap<>());
        script("huge", NodeAnswer.endless(), "", records, new HashMap<>());
        publish(records);
        EnricherApp app = start(Map.of("enricher.wait", "200ms", "enricher.kubo.total-timeout", "30s",
                "enricher.kubo.first-byte-timeout", "30s"));
        awaitEnriched(records.size());
        app.close();
        assertThat(app.termination()).isCompleted();
        await().atMost(LONGEST_WAIT).untilAsserted(() -> {
            assertThat(node.openConnections()).isZero();
            Map<Long, String> after = threads();
            after.keySet().removeAll(before);
            assertThat(after.values()).noneMatch(name -> name.contains(group) || name.startsWith("HttpClient"));
        });
    }

    private static Map<Long, String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .collect(Collectors.toMap(Thread::threadId, Thread::getName, (one, _) -> one, HashMap::new));
    }

    private void script(String name, NodeAnswer answer, String reason, List<TokenRecord> records,
            Map<String, String> expected) {
        Sample sample = Sample.of(name);
        node.on(sample.cid().toString(), answer);
        records.add(Records.of(sample));
        expected.put(sample.cid().toString(), reason);
    }

    private EnricherApp start(Map<String, ?> more) {
        Map<String, Object> keys = new HashMap<>(Map.of("kafka.bootstrap-servers", KAFKA.bootstrapServers(),
                "topics.scanned.name", scanned, "topics.enriched.name", enriched, "topics.dead-letter.name", dead,
                "enricher.group", group, "topics.content-retry.name", retries, "enricher.kubo.endpoints",
                List.<URI>of(node.address())));
        keys.putAll(more);
        Settings settings = Settings.of(keys);
        var config = settings.build(() -> EnricherConfig.from(settings));
        settings.check();
        EnricherApp app = EnricherApp.create(config.orElseThrow(), metrics.registry(), Clock.systemUTC());
        running.add(app);
        app.start();
        return app;
    }

    private void publish(List<TokenRecord> records) {
        KAFKA.produce(records.stream().map(record -> new ProducerRecord<>(scanned, record.key().toRecordKey(),
                TokenRecordSerde.write(record))).toList());
    }

    private List<TokenRecord> awaitEnriched(int count) {
        await().atMost(LONGEST_WAIT)
                .untilAsserted(() -> assertThat(KAFKA.readCommitted(enriched).size()).isEqualTo(count));
        return KAFKA.readCommitted(enriched).stream().map(record -> Records.read(record.value())).toList();
    }

    private static Map<Integer, List<String>> order(String topic) {
        return KAFKA.readCommitted(topic).stream().collect(Collectors.groupingBy(ConsumerRecord::partition,
                Collectors.mapping(record -> new String(record.key(), StandardCharsets.UTF_8), Collectors.toList())));
    }
}
