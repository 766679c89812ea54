package io.tokensync.bench.writer;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

import io.tokensync.bench.Baseline;
import io.tokensync.bench.BenchOptions;
import io.tokensync.bench.Measurement;
import io.tokensync.bench.writer.jdbc.BenchTable;
import io.tokensync.bench.writer.jdbc.HandWritten;
import io.tokensync.common.jdbc.Dialect;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.serde.TokenRecordSerde;
import io.tokensync.embedded.EmbeddedKafka;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;

/**
 * The figures of the writer on one database. Every phase writes the same rows, under another node's name, and takes them
 * away.
 */
final class WriterBench {
    private static final int PARTITIONS = 4;
    private static final double NOT_MEASURED = 0.2;
    private static final int ONE_ROW_SHARE = 5;
    private static final double OF_HAND_WRITTEN = 0.8;
    /** Prepared upserts into a file of this process, of fewer columns and without a question before them. */
    private static final double OF_UPSERTS = 0.6;
    private static final double TIMES_ONE_ROW = 5;
    private static final double TIMES_FIRST_WRITE = 2;
    private static final double MOST_MB = 512;
    private static final double MOST_SECONDS = 5;
    private static final double MIB = 1 << 20;
    private static final String MICROS = "µs a record";
    private static final String ROWS = "rows/s";
    private static final String NODE = "bench-kafka";
    private static final String TOPIC = "bench.enriched";

    private final BenchOptions options;
    private final String sql;
    private final int rows;
    private final int threads;
    private final Duration outage;
    private final Clock clock;
    private final BenchTable table;

    /**
     * @param sql address of the database
     * @param rows to write in each phase
     * @param threads of the writer, and connections of the hand-written loader beside it
     * @param outage how long the database is away
     */
    WriterBench(BenchOptions options, String sql, int rows, int threads, Duration outage, Clock clock) {
        this.options = options;
        this.sql = sql;
        this.rows = rows;
        this.threads = threads;
        this.outage = outage;
        this.clock = clock;
        this.table = new BenchTable(SqlSettings.of(sql));
    }

    List<Measurement> run(Path directory) throws Exception {
        try (Database database = Database.open(SqlSettings.of(sql), 1)) {
            new Schema(database).migrate();
        }
        List<Measurement> measurements = new ArrayList<>();
        int unmeasured = (int) (rows * NOT_MEASURED);
        Baseline staged = new Baseline(isServer() ? "hand-written staging and merge" : "hand-written prepared upserts",
                staged(unmeasured));
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"));
                Admin admin = new KafkaClients(KafkaSettings.at(kafka.bootstrapServers())).admin("bench")) {
            createTopics(admin);
            send(kafka.bootstrapServers(), TOPIC, BenchRecords.of(NODE, rows));
            WriterRun writer = new WriterRun(directory, kafka.bootstrapServers(), sql, threads, true);
            options.say("writer, first write ...");
            WriterRun.Result first = writer.run(admin, TOPIC, "bench-first", unmeasured);
            measurements.add(
                    Measurement.beside("records from Kafka into the table", first.rate(), ROWS, staged,
                            isServer() ? OF_HAND_WRITTEN : OF_UPSERTS));
            if (isServer()) {
                measurements.add(oneRow(first));
            }
            measurements.addAll(replay(writer, admin, unmeasured, first));
            measurements.add(
                    Measurement.atMost("peak resident memory of the writer's process", first.peakBytes() / MIB, "MiB",
                            MOST_MB));
            if (isServer()) {
                measurements.add(Measurement.atMost("from \"database answers again\" to the first commit, after "
                        + outage.toSeconds() + " s without it", outage(kafka.bootstrapServers()), "s", MOST_SECONDS));
            }
        } finally {
            table.remove(BenchRecords.SOURCE_IP, NODE);
        }
        return measurements;
    }

    private double staged(int unmeasured) throws Exception {
        options.say("hand-written staging and merge ...");
        List<TokenRecord> records = BenchRecords.of("bench-staged", rows);
        try {
            return new HandWritten(table).stagedRate(records, threads, unmeasured);
        } finally {
            table.remove(BenchRecords.SOURCE_IP, "bench-staged");
        }
    }

    /** What other sinks send. It costs round trips, which an embedded database does not have, so only a server is asked. */
    private Measurement oneRow(WriterRun.Result first) throws Exception {
        options.say("one-row merges in JDBC batches of 1,000 ...");
        List<TokenRecord> records = BenchRecords.of("bench-one-row", rows / ONE_ROW_SHARE);
        try {
            double rate = new HandWritten(table).oneRowRate(records, 1, (int) (records.size() * NOT_MEASURED));
            return Measurement.beside("the same, beside what other sinks send", first.rate(), ROWS,
                    new Baseline("one-row MERGEs in batches of 1,000, one connection", rate), TIMES_ONE_ROW);
        } finally {
            table.remove(BenchRecords.SOURCE_IP, "bench-one-row");
        }
    }

    private List<Measurement> replay(WriterRun writer, Admin admin, int unmeasured, WriterRun.Result first)
            throws Exception {
        options.say("writer, replay ...");
        BenchTable.Reading before = table.read(BenchRecords.SOURCE_IP, NODE);
        WriterRun.Result again = writer.run(admin, TOPIC, "bench-replay", unmeasured);
        boolean written = !table.read(BenchRecords.SOURCE_IP, NODE).equals(before);
        return List.of(
                Measurement.beside("replay of all of it", again.rate(), ROWS, new Baseline("first write", first.rate()),
                        TIMES_FIRST_WRITE),
                Measurement.note("processor time of the writer's process, replay", again.micros(), MICROS)
                        .with(new Baseline("first write", first.micros())),
                Measurement.atMost("rows missing, or replays that wrote a row",
                        (double) (rows - before.rows() + (written ? 1 : 0)),
                        "rows", 0));
    }

    private double outage(String bootstrapServers) throws Exception {
        options.say("outage of " + outage.toSeconds() + " s ...");
        OutageRun.Sender sender = (node, count) -> send(bootstrapServers, TOPIC + ".outage",
                BenchRecords.of(node, count));
        return new OutageRun(sql, outage, clock).seconds(bootstrapServers, TOPIC + ".outage", "bench-outage", sender);
    }

    private boolean isServer() {
        return SqlSettings.of(sql).dialect() == Dialect.SQL_SERVER;
    }

    private static void createTopics(Admin admin) throws InterruptedException, ExecutionException {
        admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1),
                new NewTopic(TOPIC + ".outage", 1, (short) 1), new NewTopic("tokens.dead-letter", 1, (short) 1),
                new NewTopic("sync.receipts", 1, (short) 1), new NewTopic("sync.sessions", 1, (short) 1))).all()
                .get();
    }

    static void send(String bootstrapServers, String topic, List<TokenRecord> records) {
        try (Producer<byte[], byte[]> producer = new KafkaClients(KafkaSettings.at(bootstrapServers)).producer("bench",
                Duration.ofMinutes(2))) {
            for (TokenRecord record : records) {
                var _ = producer.send(new ProducerRecord<>(topic, record.key().toRecordKey(),
                        TokenRecordSerde.write(record)));
            }
            producer.flush();
        }
    }
}
