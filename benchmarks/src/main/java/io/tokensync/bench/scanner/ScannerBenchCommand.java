package io.tokensync.bench.scanner;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.tokensync.bench.BenchDirectory;
import io.tokensync.bench.BenchOptions;
import io.tokensync.bench.Measurement;
import io.tokensync.bench.scanner.sqlite.BenchNode;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.embedded.EmbeddedKafka;

/** {@code bench scanner}: the figures that the agent must reach, on an embedded broker in this process. */
@Command(name = "scanner", mixinStandardHelpOptions = true, subcommands = {ContentionBenchCommand.class,
        PostgresBenchCommand.class}, description = "Measures the agent: scans beside a plain producer and a plain read, memory, idling, and what a writing node notices.")
public final class ScannerBenchCommand implements Callable<Integer> {
    private static final int PARTITIONS = 4;
    private static final int ROWS = 2_000_000;
    private static final int MEMORY_ROWS = 3_400_000;

    @Option(names = "--rows", paramLabel = "N", description = "rows of the database that is scanned (default: ${DEFAULT-VALUE})")
    private int rows = ROWS;

    @Option(names = "--memory-rows", paramLabel = "N", description = "rows of the database that memory is watched on (default: ${DEFAULT-VALUE})")
    private int memoryRows = MEMORY_ROWS;

    @Option(names = "--databases", paramLabel = "N", description = "unchanged databases (default: ${DEFAULT-VALUE})")
    private int databases = 500;

    @Option(names = "--idle-seconds", paramLabel = "S", description = "how long the idle agent is watched (default: ${DEFAULT-VALUE})")
    private int idleSeconds = 90;

    @Mixin
    private BenchOptions options;

    @Override
    public Integer call() throws Exception {
        try (BenchDirectory directory = options.directory();
                EmbeddedKafka kafka = EmbeddedKafka.start(directory.path().resolve("kafka"))) {
            Workplace place = new Workplace(directory.path(), kafka.bootstrapServers(), Clock.systemUTC());
            place.createTopics(PARTITIONS);
            sayWhatCounts();
            options.say("making a database of " + rows + " rows ...");
            Path root = place.directory().resolve("nodes");
            BenchNode node = BenchNode.create(root, "node001", rows);
            List<Measurement> measurements = new ArrayList<>(
                    new ScanMeasurements(place, root, node, rows, options::say).measure());
            measurements.addAll(new ProcessMeasurements(place, root, node, memoryRows, options::say).measure());
            measurements.addAll(new IdleMeasurements(place, databases, idleSeconds, options::say).measure());
            measurements.addAll(
                    new ContentionMeasurements(place.directory(), ContentionBenchCommand.TURN, place.clock(),
                            options::say)
                            .measure());
            return options.report(measurements);
        }
    }

    private void sayWhatCounts() {
        if (rows < ROWS || memoryRows < MEMORY_ROWS) {
            options.say(String.format(Locale.ROOT,
                    "The targets are for %,d rows and, for memory, %,d; this run is smaller and decides nothing.", ROWS,
                    MEMORY_ROWS));
        }
    }

    /**
     * Where the benchmark works.
     *
     * @param directory for its files
     * @param kafka address of the broker
     */
    record Workplace(Path directory, String kafka, Clock clock) {
        static final String SCANNED = "scanned";
        static final String SAMPLE = "sample";
        static final String PLAIN = "plain";

        Agent agent(Path root, String topic) {
            return Agent.over(root, kafka, topic, clock);
        }

        KafkaSettings settings() {
            return KafkaSettings.at(kafka);
        }

        void createTopics(int partitions) throws Exception {
            try (Admin admin = new KafkaClients(settings()).admin("bench")) {
                List<NewTopic> topics = new ArrayList<>();
                for (String name : List.of(SCANNED, SAMPLE, PLAIN)) {
                    topics.add(new NewTopic(name, partitions, (short) 1));
                }
                topics.add(new NewTopic("tokens.dead-letter", 1, (short) 1));
                for (String name : List.of("sync.receipts", "sync.digests", "sync.repairs")) {
                    topics.add(new NewTopic(name, 1, (short) 1));
                }
                admin.createTopics(topics).all().get();
            }
        }
    }
}
