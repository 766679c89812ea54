package io.tokensync.monitor.reconciliation.streams;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The whole of it: one source, one step, a sink for what is made of receipts and one for those that cannot be. */
public final class ReconciliationTopology {
    private static final String SOURCE = "receipts";
    private static final String STEP = "reconciliation";
    static final String SUMMARIES = "summaries";
    static final String DEAD_LETTERS = "dead-letters";

    private ReconciliationTopology() {}

    public static Topology of(MonitorTopics topics, Timeouts longestWait) {
        Topology topology = new Topology();
        var bytes = Serdes.ByteArray();
        topology.addSource(SOURCE, bytes.deserializer(), bytes.deserializer(), topics.receipts());
        topology.addProcessor(STEP, () -> new Reconciler(longestWait), SOURCE);
        for (String store : States.STORES) {
            topology.addStateStore(inMemory(store), STEP);
        }
        topology.addSink(SUMMARIES, topics.sessions(), bytes.serializer(), bytes.serializer(), STEP);
        topology.addSink(DEAD_LETTERS, topics.deadLetter(), bytes.serializer(), bytes.serializer(), STEP);
        return topology;
    }

    /** Small and restored from its changelog in a moment; nothing to clean up on disk. */
    private static StoreBuilder<KeyValueStore<String, byte[]>> inMemory(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray());
    }
}
