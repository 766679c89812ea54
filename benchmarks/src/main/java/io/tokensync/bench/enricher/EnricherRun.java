package io.tokensync.bench.enricher;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.topics.TopicSet;
import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.serde.RecordLabel;
import io.tokensync.common.serde.TokenRecordSerde;
import io.tokensync.embedded.EmbeddedKafka;
import io.tokensync.enricher.EnricherApp;
import io.tokensync.enricher.EnricherConfig;

/** Topics of their own for each run, filled before it; the broker serves all runs. */
final class EnricherRun {
    static final int BATCH_ROWS = 1_000;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final EmbeddedKafka broker;
    private final KafkaClients clients;
    private final Clock clock;
    private final AtomicInteger runs = new AtomicInteger();

    /**
     * What the enricher has done.
     *
     * @param speed of it
     * @param contents records by what became of their content: {@code fetched}, or the reason
     */
    record Result(Rate.Measured speed, Map<String, Long> contents) {
        /** Of all records the part that had its content in time, from 0 to 1. */
        double fetchedPart() {
            double all = contents.values().stream().mapToLong(Long::longValue).sum();
            return contents.getOrDefault("fetched", 0L) / all;
        }
    }

    EnricherRun(EmbeddedKafka broker, Clock clock) {
        this.clock = clock;
        this.broker = broker;
        this.clients = new KafkaClients(KafkaSettings.at(broker.bootstrapServers()));
    }

    /** The stage with one worker. */
    Result enricher(int records, IntFunction<TokenRecord> row, Map<String, ?> keys) throws Exception {
        TopicSet topics = topics();
        fill(topics.scanned().name(), records, row);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        EnricherConfig config = config(topics, keys);
        try (EnricherApp app = EnricherApp.create(config, meters, clock)) {
            app.start();
            Counter committed = meters.counter("tokensync.poll.records", "group", config.loop().group());
            Rate.Measured speed = Rate.of(() -> (long) committed.count(), records, app.termination());
            Map<String, Long> contents = meters.find(MetricNames.ENRICHER_CONTENTS.id()).counters().stream()
                    .filter(counter -> counter.count() > 0).collect(Collectors.toMap(
                            counter -> counter.getId().getTag("outcome"), counter -> (long) counter.count(), Long::sum,
                            TreeMap::new));
            return new Result(speed, contents);
        }
    }

    /** The baseline, on the same records. */
    Rate.Measured plainLoop(int records, IntFunction<TokenRecord> row) throws InterruptedException, TimeoutException {
        TopicSet topics = topics();
        fill(topics.scanned().name(), records, row);
        try (BaselineLoop loop = new BaselineLoop(broker.bootstrapServers(), topics.scanned().name(),
                topics.enriched().name(), BATCH_ROWS)) {
            loop.start();
            return Rate.of(loop::committed, records, loop.end());
        }
    }

    private TopicSet topics() throws InterruptedException {
        String run = "run" + runs.incrementAndGet() + ".";
        Map<String, Object> keys = new HashMap<>();
        for (String topic : new String[]{"scanned", "enriched", "dead-letter", "receipts", "sessions",
                "content-retry"}) {
            keys.put("topics." + topic + ".name", run + topic);
            keys.put("topics." + topic + ".partitions", 2);
        }
        TopicSet topics = TopicSet.from(Settings.of(keys));
        try (Admin admin = clients.admin("bench")) {
            topics.create(admin);
        }
        return topics;
    }

    /** As the agents do. */
    private void fill(String topic, int records, IntFunction<TokenRecord> row) {
        try (Producer<byte[], byte[]> producer = clients.producer("bench", LONGEST_WAIT)) {
            IntStream.range(0, records).mapToObj(row).forEach(record -> {
                ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(topic, record.key().toRecordKey(),
                        TokenRecordSerde.write(record));
                sent.headers().add(TokenRecordSerde.SCHEMA_VERSION_HEADER, TokenRecordSerde.schemaVersionHeader());
                var _ = producer.send(RecordLabel.put(sent, record));
            });
            producer.flush();
        }
    }

    private EnricherConfig config(TopicSet topics, Map<String, ?> keys) {
        Map<String, Object> all = new HashMap<>(keys);
        all.put("kafka.bootstrap-servers", broker.bootstrapServers());
        all.put("enricher.group", topics.scanned().name());
        all.put("enricher.batch.rows", BATCH_ROWS);
        all.put("topics.scanned.name", topics.scanned().name());
        all.put("topics.enriched.name", topics.enriched().name());
        all.put("topics.dead-letter.name", topics.deadLetter().name());
        all.put("topics.content-retry.name", topics.contentRetry().name());
        all.put("topics.receipts.name", topics.receipts().name());
        Settings settings = Settings.of(all);
        var config = settings.build(() -> EnricherConfig.from(settings));
        settings.check();
        return config.orElseThrow();
    }
}
