package io.tokensync.enricher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.kafka.ContentRetry;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenState;
import io.tokensync.common.serde.TokenRecordSerde;
import io.tokensync.enricher.content.Sample;
import io.tokensync.enricher.handler.Records;
import io.tokensync.testkit.ipfs.NodeAnswer;
import io.tokensync.testkit.ipfs.ScriptedIpfsNode;
import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Processes that share partitions and end without a word, while rows pass and requests wait. */
@Timeout(300)
class EnricherCrashIT {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(3);
    private static final int ROWS = 1_200;
    private static final int DEATHS = 5;

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    private final ScriptedIpfsNode node = ScriptedIpfsNode.start();
    private final Map<String, EnricherProcess> processes = new HashMap<>();
    private final Map<TokenKey, String> truth = new HashMap<>();
    private final Map<TokenKey, TokenState> model = new HashMap<>();
    private final String scanned = KAFKA.createTopic("scanned", 4);
    private final String enriched = KAFKA.createTopic("enriched", 4);
    private final String dead = KAFKA.createTopic("dead", 1);
    private final String group = KAFKA.name("mortal");
    private final String retries = RetryTopics.create(KAFKA, 2);

    @TempDir
    private Path directory;

    @AfterEach
    void close() throws InterruptedException {
        for (EnricherProcess process : processes.values()) {
            process.close();
        }
        node.close();
    }

    @Test
    void processesThatDieLoseNothingAndInventNothing() throws Exception {
        long seed = new SplittableRandom().nextLong();
        System.out.println("EnricherCrashIT: the deaths are those of seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<Sample> late = publish();
        start("a");
        start("b");
        for (int death = 0; death < DEATHS; death++) {
            awaitProgress(random.nextInt(20, 400));
            String victim = random.nextBoolean() ? "a" : "b";
            processes.get(victim).kill();
            start(victim);
        }
        awaitProgress(random.nextInt(1, 100));
        processes.get("b").kill();
        late.forEach(this::arrives);
        int rows = KAFKA.readCommitted(scanned).size();
        await().atMost(LONGEST_WAIT).untilAsserted(() -> {
            assertThat(passed()).isGreaterThanOrEqualTo(rows);
            assertThat(merged()).containsOnlyKeys(model.keySet()).allSatisfy(this::isAsInTheModel);
        });
        assertThat(passed()).as("each row passes once").isEqualTo(rows);
        assertThat(processes.get("a").alive()).isTrue();
        assertThat(KAFKA.readCommitted(dead)).isEmpty();
    }

    /** Rows whose content is attached, on the node, and not there yet; some change, some vanish. Gives those that are late. */
    private List<Sample> publish() {
        List<TokenRecord> records = new ArrayList<>();
        List<Sample> late = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            Sample sample = Sample.of("content " + i);
            TokenRecord row = i % 3 == 0 ? Records.attached(sample) : Records.of(sample);
            truth.put(row.key(), sample.text());
            records.add(row);
            if (i % 3 == 1) {
                arrives(sample);
            } else if (i % 3 == 2) {
                late.add(sample);
            }
            if (i % 10 == 0) {
                records.add(Records.later(row));
            } else if (i % 17 == 0) {
                records.add(Records.later(Records.deleted(sample)));
            }
        }
        records.forEach(record -> model.merge(record.key(), TokenState.of(record), TokenState::merge));
        KAFKA.produce(records.stream().map(record -> new ProducerRecord<>(scanned, record.key().toRecordKey(),
                TokenRecordSerde.write(record))).toList());
        return late;
    }

    private void arrives(Sample sample) {
        node.on(sample.cid().toString(), NodeAnswer.bytes(sample.block().bytes()));
    }

    private void start(String name) throws Exception {
        processes.put(name, EnricherProcess.start(directory, name, Map.ofEntries(
                Map.entry("kafka.bootstrap-servers", KAFKA.bootstrapServers()),
                // A process that is not started again is given up by the group, and its transaction by the broker.
                Map.entry("kafka.properties", "{session.timeout.ms: 6000, transaction.timeout.ms: 6000,"
                        + " delivery.timeout.ms: 5000, request.timeout.ms: 4000}"),
                Map.entry("topics.scanned.name", scanned), Map.entry("topics.enriched.name", enriched),
                Map.entry("topics.dead-letter.name", dead), Map.entry("topics.content-retry.name", retries),
                Map.entry("enricher.group", group), Map.entry("enricher.workers", "2"),
                Map.entry("enricher.batch.rows", "20"), Map.entry("enricher.window", "3"),
                Map.entry("enricher.kubo.endpoints", "[" + node.address() + "]"),
                Map.entry("enricher.kubo.lookup", "local"), Map.entry("enricher.cache.failures-kept", "0s"),
                Map.entry("content.retry.first-delay", "200ms"), Map.entry("content.retry.longest-delay", "1s"),
                Map.entry("content.give-up", "100000"))));
    }

    /** Until so much more has been asked for and passed, by whichever process. */
    private void awaitProgress(int more) {
        int before = progress();
        await().atMost(LONGEST_WAIT).until(() -> progress() >= before + more);
    }

    private int progress() {
        return node.requests().size() + KAFKA.readCommitted(enriched).size();
    }

    private void isAsInTheModel(TokenKey key, TokenState state) {
        assertThat(state.row()).isEqualTo(model.get(key).row());
        assertThat(state.deletion()).isEqualTo(model.get(key).deletion());
        assertThat(state.content()).isInstanceOfSatisfying(Content.Fetched.class,
                fetched -> assertThat(fetched.data()).isEqualTo(truth.get(key)));
    }

    private long passed() {
        return KAFKA.readCommitted(enriched).stream().filter(record -> !ContentRetry.isOne(record.headers())).count();
    }

    /** What the table would have. */
    private Map<TokenKey, TokenState> merged() {
        Map<TokenKey, TokenState> states = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : KAFKA.readCommitted(enriched)) {
            TokenState state = TokenState.of(Records.read(record.value()));
            states.merge(state.key(), state, TokenState::merge);
        }
        return states;
    }
}
