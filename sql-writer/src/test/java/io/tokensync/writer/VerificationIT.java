package io.tokensync.writer;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.loop.BatchHandler;
import io.tokensync.common.kafka.loop.PollLoop;
import io.tokensync.common.kafka.loop.PollLoopConfig;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.retry.RetryPolicy;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.runtime.StageStatus.State;
import io.tokensync.common.serde.TokenRecordSerde;
import io.tokensync.common.serde.VerificationSerde;
import io.tokensync.common.verification.NodeDigest;
import io.tokensync.common.verification.NodeVerdict;
import io.tokensync.common.verification.Outcome;
import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;
import io.tokensync.writer.batch.Records;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.Table;
import io.tokensync.writer.schema.Schema;
import io.tokensync.writer.verification.Digests;
import io.tokensync.writer.verification.Fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The verifier of a running writer, with a scripted agent, and an enricher that hands on what it reads. */
class VerificationIT {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final int PARTITIONS = 3;

    @TempDir
    private Path dir;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final CountDownLatch enriching = new CountDownLatch(1);
    private final List<TokenRecord> records = IntStream.range(0, 2_000)
            .mapToObj(i -> Records.upsert("t" + i, i + 1L, "did")).toList();
    private String scanned;
    private String enriched;
    private String digests;
    private String repairs;
    private String dead;
    private String enrichers;
    private WriterApp app;

    @BeforeEach
    void start() throws Exception {
        scanned = KAFKA.createTopic("scanned", PARTITIONS);
        enriched = KAFKA.createTopic("enriched", PARTITIONS);
        digests = KAFKA.createTopic("digests", 1);
        repairs = KAFKA.createTopic("repairs", 1);
        dead = KAFKA.createTopic("dead", 1);
        enrichers = KAFKA.name("enricher");
        try (Database database = Database.open(settings(), 1)) {
            new Schema(database).migrate();
        }
        startWriter();
        startEnricher();
    }

    private void startWriter() {
        PollLoopConfig loop = PollLoopConfig.of(KAFKA.name("writer"), enriched)
                .withBatch(250, 1 << 20, Duration.ofMillis(50)).withDeadLetterTopic(dead)
                .withRetry(RetryPolicy.standard().atMost(Duration.ofMillis(200)));
        WriterConfig config = WriterConfig.of(KafkaSettings.at(KAFKA.bootstrapServers()), settings()).withLoop(loop)
                .withVerification(new WriterConfig.Verification(digests, repairs, new Fence.Hop(enrichers, scanned),
                        Duration.ofDays(90)));
        app = WriterApp.create(config, new SimpleMeterRegistry(), Clock.systemUTC());
        opened.add(app);
        app.start();
    }

    /** Waits for the test before its first batch. */
    private void startEnricher() {
        PollLoopConfig loop = PollLoopConfig.of(enrichers, scanned).withBatch(100, 1 << 20, Duration.ofMillis(20))
                .withDeadLetterTopic(dead);
        BatchHandler handsOn = batch -> {
            enriching.await();
            return batch.stream().map(record -> new ProducerRecord<>(enriched, record.key(), record.value())).toList();
        };
        PollLoop enricher = new PollLoop(loop, new KafkaClients(KafkaSettings.at(KAFKA.bootstrapServers())), handsOn,
                _ -> FailureKind.FATAL, new StageStatus(Clock.systemUTC()), new SimpleMeterRegistry(),
                Clock.systemUTC());
        opened.add(enricher);
        enricher.start();
    }

    @AfterEach
    void close() throws Exception {
        enriching.countDown();
        for (AutoCloseable it : opened.reversed()) {
            it.close();
        }
    }

    @Test
    void aDigestIsAnsweredWhenAllThatWasPublishedBeforeItIsInTheTable() throws Exception {
        publish(records);
        say(Digests.of(2_000, records));
        await().atMost(LONGEST_WAIT).until(() -> waitsFor().isPresent());
        assertThat(waitsFor().orElseThrow()).contains(enrichers, scanned);
        assertThat(verdicts()).isEmpty();
        assertThat(app.status().snapshot().state()).as("to wait is no trouble").isEqualTo(State.RUNNING);
        enriching.countDown();
        NodeVerdict verdict = verdict(2_000);
        assertThat(verdict.outcome()).isEqualTo(Outcome.EQUAL);
        assertThat(verdict.tableRows()).isEqualTo(2_000);
    }

    @Test
    void aTableThatWasChangedByHandIsSaidAndOneThatWasRepairedIsEqual() throws Exception {
        enriching.countDown();
        publish(records);
        say(Digests.of(2_000, records));
        assertThat(verdict(2_000).outcome()).isEqualTo(Outcome.EQUAL);
        try (Database operator = Database.open(settings(), 1)) {
            new Table(operator.dataSource()).run("UPDATE dbo.TokenRecords SET did = 'x' WHERE token_id = 't7'");
        }
        say(Digests.of(2_001, records));
        NodeVerdict differs = verdict(2_001);
        assertThat(differs.outcome()).isEqualTo(Outcome.DIFFERS);
        assertThat(differs.rows()).anyMatch(row -> row.tokenId().equals("t7"));
        List<TokenRecord> again = new ArrayList<>(records);
        again.add(Records.upsert("t7", 2_002, "did"));
        publish(again.subList(2_000, 2_001));
        say(Digests.of(2_002, again));
        assertThat(verdict(2_002).outcome()).isEqualTo(Outcome.EQUAL);
        assertThat(KAFKA.readCommitted(dead)).isEmpty();
    }

    private void publish(List<TokenRecord> of) {
        KAFKA.produce(of.stream().map(
                record -> new ProducerRecord<>(scanned, record.key().toRecordKey(), TokenRecordSerde.write(record)))
                .toList());
    }

    private void say(NodeDigest digest) {
        KAFKA.produce(List.of(VerificationSerde.toRecord(digests, digest)));
    }

    private Optional<String> waitsFor() {
        Object verification = app.details().get("verification");
        return Optional.of(((Map<?, ?>) verification).get("waits_for").toString())
                .filter(text -> !text.isEmpty());
    }

    private NodeVerdict verdict(long watermark) {
        return await().atMost(LONGEST_WAIT)
                .until(() -> verdicts().stream().filter(it -> it.watermark() == watermark).findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private List<NodeVerdict> verdicts() throws Exception {
        List<NodeVerdict> verdicts = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : KAFKA.readCommitted(repairs)) {
            verdicts.add(VerificationSerde.readVerdict(record.value()));
        }
        return verdicts;
    }

    private SqlSettings settings() {
        return SqlSettings.of("jdbc:sqlite:" + dir.resolve("tokens.db"));
    }
}
