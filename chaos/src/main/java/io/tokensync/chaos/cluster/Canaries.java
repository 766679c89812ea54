package io.tokensync.chaos.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

import org.apache.kafka.common.utils.Utils;

import io.tokensync.chaos.jdbc.CanaryNode;
import io.tokensync.chaos.jdbc.TableView;
import io.tokensync.common.model.TokenKey;
import io.tokensync.simulator.truth.Truth;

/**
 * Rows on each machine, one for each partition of the topics of rows, that are given a higher number all the time: the numbers
 * in the table tell up to which moment the table knows what has happened there. Thread-safe.
 */
public final class Canaries implements AutoCloseable {
    private final TableView table;
    private final LongSupplier nanoTime;
    private final Map<String, CanaryNode> nodes = new LinkedHashMap<>();
    private final NavigableMap<Long, Long> writtenAt = new TreeMap<>();

    private Canaries(TableView table, LongSupplier nanoTime) {
        this.table = table;
        this.nanoTime = nanoTime;
    }

    static Canaries create(Path nodes, List<Truth.Machine> machines, TableView table, LongSupplier nanoTime)
            throws IOException, SQLException {
        Canaries canaries = new Canaries(table, nanoTime);
        for (Truth.Machine machine : machines) {
            String name = "canary-" + machine.name();
            canaries.nodes.put(machine.sourceIp(), CanaryNode.create(nodes.resolve(machine.root()).resolve(name),
                    tokens(machine.sourceIp(), name)));
        }
        return canaries;
    }

    /** Token ids whose records go to one partition each. */
    static List<String> tokens(String sourceIp, String node) {
        Map<Integer, String> byPartition = new TreeMap<>();
        for (int i = 0; byPartition.size() < StageFiles.PARTITIONS; i++) {
            String token = CanaryNode.PREFIX + i;
            byte[] key = new TokenKey(sourceIp, node, token).toRecordKey();
            byPartition.putIfAbsent(Utils.toPositive(Utils.murmur2(key)) % StageFiles.PARTITIONS, token);
        }
        return List.copyOf(byPartition.values());
    }

    /** Gives all of them the next number. */
    public synchronized void beat() throws SQLException {
        long number = writtenAt.isEmpty() ? 1 : writtenAt.lastKey() + 1;
        writtenAt.put(number, nanoTime.getAsLong());
        for (CanaryNode node : nodes.values()) {
            node.set(number);
        }
    }

    /** The machines of which the table has no change that was made at this moment or later. */
    public synchronized List<String> staleSince(long nanos) throws SQLException {
        Map<String, Long> numbers = table.canaries(StageFiles.PARTITIONS);
        return nodes.keySet().stream().filter(machine -> {
            Entry<Long, Long> written = writtenAt.floorEntry(numbers.getOrDefault(machine, 0L));
            return written == null || written.getValue() < nanos;
        }).toList();
    }

    @Override
    public synchronized void close() throws SQLException {
        for (CanaryNode node : nodes.values()) {
            node.close();
        }
    }
}
