package io.tokensync.bench.writer;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import io.tokensync.bench.Measurement;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.model.Change;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.serde.VerificationSerde;
import io.tokensync.common.verification.BucketSums;
import io.tokensync.common.verification.NodeDigest;
import io.tokensync.common.verification.Outcome;
import io.tokensync.common.verification.RowDigest;
import io.tokensync.common.verification.StartedBy;
import io.tokensync.writer.batch.BatchWriter;
import io.tokensync.writer.batch.Received;
import io.tokensync.writer.batch.TokenBatch;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;
import io.tokensync.writer.verification.Comparison;
import io.tokensync.writer.verification.NodeTable.Node;
import io.tokensync.writer.verification.NodeVerification;
import io.tokensync.writer.verification.jdbc.VerifierDatabase;

/** The table's half of a verification: all rows of all nodes are read, digested and compared, and the outcome is written. */
public final class TableMeasurements {
    private static final String AGENT = "00000000-0000-0000-0000-000000000000";
    private static final double NANOS = 1e9;
    private static final double KIB = 1024;
    /** 3.4 million rows in two minutes. */
    private static final double MOST_MICROS = 120e6 / 3.4e6;
    private static final double MOST_KIB = 100;
    private static final double MICROS = 1e6;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Path directory;
    private final int rowsOfANode;
    private final int databases;
    private final Consumer<String> say;

    /**
     * @param rows of all nodes
     * @param databases how many nodes
     * @param say hears what is being done
     */
    public TableMeasurements(Path directory, int rows, int databases, Consumer<String> say) {
        this.directory = directory;
        this.rowsOfANode = Math.max(1, rows / databases);
        this.databases = databases;
        this.say = say;
    }

    /** Fills a table and verifies each node once. */
    public List<Measurement> measure() throws Exception {
        try (Database database = Database.open(SqlSettings.of("jdbc:sqlite:" + directory.resolve("verify.db")), 1)) {
            new Schema(database).migrate();
            say.accept("filling the table ...");
            Map<Node, NodeDigest> digests = fill(database.batchWriter());
            say.accept("comparing ...");
            return compare(VerifierDatabase.of(database), digests);
        }
    }

    private Map<Node, NodeDigest> fill(BatchWriter writer) throws Exception {
        Map<Node, NodeDigest> digests = new LinkedHashMap<>();
        for (int number = 0; number < databases; number++) {
            String name = "bench-" + number;
            List<TokenRecord> records = BenchRecords.of(name, rowsOfANode);
            writer.write(TokenBatch.of(IntStream.range(0, records.size()).mapToObj(i -> new Received(records.get(i),
                    new ConsumerRecord<>("bench", 0, i, new byte[0], new byte[0]))).toList()));
            digests.put(new Node(BenchRecords.SOURCE_IP, name), digest(name, records));
        }
        return digests;
    }

    private static NodeDigest digest(String name, List<TokenRecord> records) {
        BucketSums.Builder rows = new BucketSums.Builder();
        for (TokenRecord record : records) {
            if (record.change() instanceof Change.Upsert(var row)) {
                rows.add(record.key().tokenId(), RowDigest.of(record.key().tokenId(), row));
            }
        }
        BucketSums sums = rows.sums();
        return new NodeDigest(BenchRecords.SOURCE_IP, name, AGENT, AGENT, "/data/" + name, 1, Instant.EPOCH,
                StartedBy.SCHEDULE, true, sums.digest(), sums.reduced(), NodeDigest.Repaired.NOTHING);
    }

    private List<Measurement> compare(VerifierDatabase verifier, Map<Node, NodeDigest> digests) throws Exception {
        long cpu = THREADS.getCurrentThreadCpuTime();
        long begin = System.nanoTime();
        int different = 0;
        int largest = 0;
        for (Map.Entry<Node, NodeDigest> node : digests.entrySet()) {
            NodeDigest digest = node.getValue();
            largest = Math.max(largest, VerificationSerde.write(digest).length);
            BucketSums table = verifier.table().sums(node.getKey());
            BitSet differing = table.reduced(digest.buckets().buckets()).differing(digest.buckets());
            different += differing.isEmpty() ? 0 : 1;
            verifier.store().add(new NodeVerification(digest, new Comparison(table, differing, new BitSet(),
                    Instant.EPOCH, Duration.ZERO), Outcome.EQUAL));
        }
        double seconds = (System.nanoTime() - begin) / NANOS;
        double used = (THREADS.getCurrentThreadCpuTime() - cpu) / NANOS;
        double rows = (double) rowsOfANode * databases;
        return List.of(Measurement.atMost("time for each row of the table", seconds * MICROS / rows, "µs", MOST_MICROS),
                Measurement.note("rows of the table read, digested and compared", rows / seconds, "rows/s"),
                Measurement.note("processor time of it", used * MICROS / rows, "µs a row"),
                Measurement.note("all of it", seconds, "s"),
                Measurement.atMost("largest record of a node that is equal", largest / KIB, "KiB", MOST_KIB),
                Measurement.atMost("nodes that are not equal", different, "nodes", 0));
    }
}
