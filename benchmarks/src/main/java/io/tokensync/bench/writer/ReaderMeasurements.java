package io.tokensync.bench.writer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import io.tokensync.bench.Baseline;
import io.tokensync.bench.Measurement;
import io.tokensync.bench.writer.jdbc.TableReader;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.writer.batch.BatchWriter;
import io.tokensync.writer.batch.Received;
import io.tokensync.writer.batch.TokenBatch;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.SqlErrorOverrides;
import io.tokensync.writer.jdbc.WriteListener;
import io.tokensync.writer.schema.Schema;

/** A writer of the embedded table while somebody reads all of it, and while nobody does, in turns. */
final class ReaderMeasurements {
    private static final int FILLING_ROWS = 20_000;
    private static final int BATCH_ROWS = 1_000;
    private static final int TURNS = 3;
    private static final int NEARLY_ALL = 99;
    private static final int PERCENT = 100;
    private static final double MOST_DELAY_MS = 50;
    private static final double MEGA = 1e6;
    private static final String BESIDE = " while somebody reads all of the table";
    private static final String NOBODY = "nobody reads";

    private final Path file;
    private final int rows;
    private final int batches;
    private final Consumer<String> say;
    private final Map<WriteListener.Phase, Collection<Long>> phases = new ConcurrentHashMap<>();
    private long highestLog;

    /** Batches and the parts of them, in nanoseconds. */
    private record Times(List<Long> batches, List<Long> locks, List<Long> commits) {
        Times() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    /**
     * @param rows that the table has when it begins
     * @param batches to write in each turn
     */
    ReaderMeasurements(Path directory, int rows, int batches, Consumer<String> say) {
        this.file = directory.resolve("read.db");
        this.rows = rows;
        this.batches = batches;
        this.say = say;
    }

    List<Measurement> measure() throws Exception {
        SqlSettings settings = SqlSettings.of("jdbc:sqlite:" + file);
        Times alone = new Times();
        Times read = new Times();
        TableReader.Reading reading = TableReader.Reading.NONE;
        try (Database database = Database.open(settings, 1, SqlErrorOverrides.NONE, listener())) {
            new Schema(database).migrate();
            BatchWriter writer = database.batchWriter();
            say.accept("a table of " + rows + " rows ...");
            fill(writer);
            say.accept("a writer alone and beside a reader, in turns ...");
            for (int turn = 0; turn < TURNS; turn++) {
                write(writer, "alone" + turn, alone);
                try (TableReader reader = TableReader.start(settings)) {
                    write(writer, "read" + turn, read);
                    reading = reading.and(reader.stop());
                }
            }
        }
        return measurements(alone, read, reading);
    }

    private WriteListener listener() {
        return new WriteListener() {
            @Override
            public void ended(Phase phase, Duration time) {
                phases.computeIfAbsent(phase, _ -> new CopyOnWriteArrayList<>()).add(time.toNanos());
            }
        };
    }

    private void fill(BatchWriter writer) throws Exception {
        for (int from = 0; from < rows; from += FILLING_ROWS) {
            writer.write(batch("filled" + from, Math.min(FILLING_ROWS, rows - from)));
        }
    }

    private void write(BatchWriter writer, String node, Times times) throws Exception {
        for (int i = 0; i < batches; i++) {
            TokenBatch batch = batch(node + "-" + i, BATCH_ROWS);
            phases.clear();
            long begin = System.nanoTime();
            writer.write(batch);
            times.batches().add(System.nanoTime() - begin);
            times.locks().addAll(phases.get(WriteListener.Phase.STAGE));
            times.commits().addAll(phases.get(WriteListener.Phase.COMMIT));
            noteLog();
        }
    }

    private void noteLog() throws IOException {
        Path log = Path.of(file + "-wal");
        highestLog = Math.max(highestLog, Files.exists(log) ? Files.size(log) : 0);
    }

    private static TokenBatch batch(String node, int count) {
        return TokenBatch.of(BenchRecords.of(node, count).stream().map(ReaderMeasurements::received).toList());
    }

    private static Received received(TokenRecord record) {
        return new Received(record, new ConsumerRecord<>("bench", 0, 0, record.key().toRecordKey(), new byte[0]));
    }

    private List<Measurement> measurements(Times alone, Times read, TableReader.Reading reading) {
        return List.of(
                Measurement.atMost("longest wait of the writer for its lock" + BESIDE, most(read.locks()), "ms",
                        MOST_DELAY_MS).with(new Baseline(NOBODY, most(alone.locks()))),
                Measurement.atMost("99 % of batches of " + BATCH_ROWS + " rows, over those while " + NOBODY,
                        Math.max(0, nearlyAll(read.batches()) - nearlyAll(alone.batches())), "ms", MOST_DELAY_MS),
                Measurement.note("99 % of batches" + BESIDE, nearlyAll(read.batches()), "ms")
                        .with(new Baseline(NOBODY, nearlyAll(alone.batches()))),
                Measurement.note("longest batch" + BESIDE, most(read.batches()), "ms")
                        .with(new Baseline(NOBODY, most(alone.batches()))),
                Measurement.note("longest commit" + BESIDE, most(read.commits()), "ms")
                        .with(new Baseline(NOBODY, most(alone.commits()))),
                Measurement.atMost("questions that met a busy table", (double) reading.busy(), "questions", 0),
                Measurement.note("questions that were answered", (double) reading.answers(), "questions"),
                Measurement.note("largest write-ahead log", highestLog / MEGA, "MB"));
    }

    private static double most(List<Long> nanos) {
        return nanos.stream().mapToLong(Long::longValue).max().orElse(0) / MEGA;
    }

    private static double nearlyAll(List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.get((sorted.size() - 1) * NEARLY_ALL / PERCENT) / MEGA;
    }
}
