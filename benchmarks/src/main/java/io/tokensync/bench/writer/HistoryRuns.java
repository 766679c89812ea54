package io.tokensync.bench.writer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

import io.tokensync.bench.Baseline;
import io.tokensync.bench.Measurement;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.embedded.EmbeddedKafka;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;

/** A writer process with a history beside one without, from a broker into the embedded table, by the processor time of the process. */
final class HistoryRuns {
    private static final String NODE = "bench-history";
    private static final String NEW = "bench.new";
    private static final String CHANGED = "bench.changed";
    private static final double NOT_MEASURED = 0.2;
    private static final double TIMES_NEW = 1.4;
    private static final double TIMES_CHANGED = 1.5;
    private static final double TIMES_REPLAY = 1.1;
    /** A replay changes nothing, so that it can be repeated: the least counts, which was disturbed least. */
    private static final int REPLAYS = 3;
    private static final String MICROS = "µs a record";

    private final Path directory;
    private final int rows;
    private final Consumer<String> say;

    /** One table, written to by processes that come one after the other. */
    private record Side(WriterRun runs, Admin admin, int unmeasured) {
        double micros(String topic, String group) throws Exception {
            return runs.run(admin, topic, group, unmeasured).micros();
        }
    }

    HistoryRuns(Path directory, int rows, Consumer<String> say) {
        this.directory = directory;
        this.rows = rows;
        this.say = say;
    }

    List<Measurement> measure() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"));
                Admin admin = new KafkaClients(KafkaSettings.at(kafka.bootstrapServers())).admin("bench")) {
            List<String> topics = List.of(NEW, CHANGED, "tokens.dead-letter", "sync.receipts", "sync.sessions");
            admin.createTopics(topics.stream().map(name -> new NewTopic(name, 1, (short) 1)).toList()).all().get();
            WriterBench.send(kafka.bootstrapServers(), NEW, BenchRecords.of(NODE, rows));
            WriterBench.send(kafka.bootstrapServers(), CHANGED, BenchRecords.changed(NODE, rows));
            Side with = side(kafka, admin, true);
            Side without = side(kafka, admin, false);
            return List.of(pair("new rows", TIMES_NEW, with, without, NEW, 1),
                    pair("changed rows", TIMES_CHANGED, with, without, CHANGED, 1),
                    pair("replay", TIMES_REPLAY, with, without, CHANGED, REPLAYS));
        }
    }

    private Side side(EmbeddedKafka kafka, Admin admin, boolean history) throws Exception {
        Path own = Files.createDirectory(directory.resolve(history ? "remembering" : "plain"));
        String sql = "jdbc:sqlite:" + own.resolve("tokens.db");
        try (Database database = Database.open(SqlSettings.of(sql), 1)) {
            new Schema(database).migrate();
        }
        return new Side(new WriterRun(own, kafka.bootstrapServers(), sql, 1, history), admin,
                (int) (rows * NOT_MEASURED));
    }

    private Measurement pair(String what, double times, Side with, Side without, String topic, int rounds)
            throws Exception {
        say.accept(what + ", a writer process with history and one without ...");
        double plain = Double.MAX_VALUE;
        double cost = Double.MAX_VALUE;
        for (int round = 0; round < rounds; round++) {
            String group = what.replace(' ', '-') + round;
            plain = Math.min(plain, without.micros(topic, group + "-plain"));
            cost = Math.min(cost, with.micros(topic, group));
        }
        return Measurement.atMost(what + ", processor time of a writer process", cost, MICROS, times * plain)
                .with(new Baseline("without history", plain));
    }
}
