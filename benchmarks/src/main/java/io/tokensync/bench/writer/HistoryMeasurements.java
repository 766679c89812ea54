package io.tokensync.bench.writer;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import io.tokensync.bench.Baseline;
import io.tokensync.bench.Measurement;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.serde.TokenRecordSerde;
import io.tokensync.writer.batch.BatchWriter;
import io.tokensync.writer.batch.Received;
import io.tokensync.writer.batch.TokenBatch;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;

/**
 * Two tables in files of their own, one with a history and one without, to which the same batches are written in turns, so that
 * neither has the better minutes of a busy machine. By the processor time of the thread that reads the records, folds them
 * and writes them.
 */
final class HistoryMeasurements {
    private static final String NODE = "bench-history";
    private static final int REPLAYS = 3;
    private static final int VERSIONS = 2;
    private static final double MICRO = 1e3;
    private static final String MICROS = "µs a record";

    private final Path directory;
    private final int rows;
    private final int batchRows;
    private final Consumer<String> say;

    /** A table, and what was needed to write to it since it was asked last, in nanoseconds. */
    private static final class Side {
        private final BatchWriter writer;
        private long inAll;
        private long inDatabase;

        Side(BatchWriter writer) {
            this.writer = writer;
        }

        void write(List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
            long begin = processorTime();
            List<Received> received = new ArrayList<>(records.size());
            for (ConsumerRecord<byte[], byte[]> record : records) {
                received.add(new Received(TokenRecordSerde.read(record.value()), record));
            }
            TokenBatch batch = TokenBatch.of(received);
            long read = processorTime();
            writer.write(batch);
            long end = processorTime();
            inAll += end - begin;
            inDatabase += end - read;
        }

        private static long processorTime() {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }
    }

    /** Microseconds a record. */
    private record Cost(double inAll, double inDatabase) {
        static Cost taken(Side side, int records) {
            Cost cost = new Cost(side.inAll / MICRO / records, side.inDatabase / MICRO / records);
            side.inAll = 0;
            side.inDatabase = 0;
            return cost;
        }
    }

    /** @param batchRows rows of a batch */
    HistoryMeasurements(Path directory, int rows, int batchRows, Consumer<String> say) {
        this.directory = directory;
        this.rows = rows;
        this.batchRows = batchRows;
        this.say = say;
    }

    List<Measurement> measure() throws Exception {
        List<Measurement> measurements = new ArrayList<>();
        Path with = directory.resolve("with.db");
        Path without = directory.resolve("without.db");
        try (Database remembering = opened(with); Database plain = opened(without)) {
            Side one = new Side(remembering.batchWriter(true));
            Side other = new Side(plain.batchWriter(false));
            warmUp(one, other);
            say.accept("new rows ...");
            measurements.addAll(phase("new rows", one, other, BenchRecords.of(NODE, rows), 1));
            say.accept("changed rows ...");
            List<TokenRecord> changed = BenchRecords.changed(NODE, rows);
            measurements.addAll(phase("changed rows", one, other, changed, 1));
            say.accept("a replay of them ...");
            measurements.addAll(phase("replay", one, other, changed, REPLAYS));
        }
        measurements.add(Measurement.note("the history in the file, of each version",
                (double) (Files.size(with) - Files.size(without)) / VERSIONS / rows, "bytes"));
        return measurements;
    }

    private static Database opened(Path file) throws Exception {
        Database database = Database.open(SqlSettings.of("jdbc:sqlite:" + file), 1);
        new Schema(database).migrate();
        return database;
    }

    /** What the compilers do is not the history's cost. */
    private void warmUp(Side one, Side other) throws Exception {
        say.accept("warming up ...");
        List<TokenRecord> records = BenchRecords.of("bench-warm-up", batchRows);
        phase("", one, other, records, REPLAYS);
        phase("", one, other, BenchRecords.changed("bench-warm-up", batchRows), REPLAYS);
    }

    private List<Measurement> phase(String what, Side with, Side without, List<TokenRecord> records, int rounds)
            throws Exception {
        List<ConsumerRecord<byte[], byte[]>> sent = records.stream().map(HistoryMeasurements::sent).toList();
        for (int round = 0; round < rounds; round++) {
            for (int from = 0; from < sent.size(); from += batchRows) {
                List<ConsumerRecord<byte[], byte[]>> batch = sent.subList(from,
                        Math.min(from + batchRows, sent.size()));
                with.write(batch);
                without.write(batch);
            }
        }
        Cost cost = Cost.taken(with, rounds * sent.size());
        Cost plain = Cost.taken(without, rounds * sent.size());
        return List.of(note(what + ", from the record's bytes to the commit", cost.inAll(), plain.inAll()),
                note(what + ", the database's part of it", cost.inDatabase(), plain.inDatabase()));
    }

    private static Measurement note(String what, double cost, double plain) {
        return Measurement.note(what, cost, MICROS).with(new Baseline("without history", plain));
    }

    private static ConsumerRecord<byte[], byte[]> sent(TokenRecord record) {
        return new ConsumerRecord<>("bench", 0, 0, record.key().toRecordKey(), TokenRecordSerde.write(record));
    }
}
