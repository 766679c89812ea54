package io.tokensync.monitor.reconciliation.streams;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.common.serde.ReceiptSerde;
import io.tokensync.common.serde.SessionSummarySerde;
import io.tokensync.common.serde.UnreadableRecordException;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.SessionSummary;
import io.tokensync.common.session.SyncSession;
import io.tokensync.monitor.view.SessionStore;
import io.tokensync.testkit.property.Gen;
import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions of several agents at a time, their receipts interleaved: a monitor that is restarted anywhere, with its stores as
 * Kafka restores them, one that reads all receipts anew, and one that lives on say the same in the end, and so does who reads
 * the latest summaries only.
 */
class RestartPropertyTest {
    private static final List<String> DATABASES = List.of("/n0/Rubix/rubix.db", "/n1/Rubix/rubix.db");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int AGENTS = 2;
    private static final int CYCLES = 3;

    @Test
    void aMonitorThatIsRestartedSaysTheSameAsOneThatIsNot() {
        Property.forAll(40, gen -> {
            Map<String, Long> published = new HashMap<>();
            List<Receipt> receipts = receipts(gen, published);
            Task steady = new Task(Map.of(), List.of());
            Task restarted = new Task(Map.of(), List.of());
            Task anew = new Task(Map.of(), List.of());
            Instant now = Monitor.T0;
            for (Receipt receipt : receipts) {
                now = now.plusMillis(gen.integer(0, 2_000));
                steady.take(receipt, now);
                restarted.take(receipt, now);
                anew.take(receipt, now);
                if (gen.percent(10)) {
                    steady.tick(now);
                    restarted.tick(now);
                }
                restarted = gen.percent(15) ? restarted.again() : restarted;
            }
            Instant end = now.plusSeconds(1);
            List.of(steady, restarted, anew).forEach(task -> task.tick(end));
            assertIsComplete(steady, published);
            assertThat(restarted.facts()).as("restarted").isEqualTo(steady.facts());
            assertThat(anew.facts()).as("reads all before it says anything").isEqualTo(steady.facts());
            assertTheLatestAreEnough(restarted);
        });
    }

    private static void assertIsComplete(Task task, Map<String, Long> published) {
        Map<String, SessionSummary> latest = task.latest();
        assertThat(published).allSatisfy((sessionId, rows) -> {
            SyncSession session = (SyncSession) latest.get(SyncSession.key(sessionId));
            assertThat(session.status()).isEqualTo(SessionStatus.COMPLETED);
            assertThat(session.scan().published()).isEqualTo(rows);
            assertThat(session.enriched().rows()).isEqualTo(rows);
            assertThat(session.written()).as("each counts what is its own").satisfies(
                    written -> assertThat(written.inserted()).isEqualTo(rows).isEqualTo(written.rows()));
            assertThat(session.accountedAt()).isNotNull();
        });
        assertThat(latest.values()).filteredOn(SyncSession.class::isInstance).hasSize(published.size());
    }

    /** What compaction leaves of the topic is enough for the page: all of it gives no more. */
    private static void assertTheLatestAreEnough(Task task) {
        SessionStore ofAll = store(task.summaries);
        SessionStore ofLatest = store(List.copyOf(task.compacted().values()));
        assertThat(ofLatest.sessions()).isEqualTo(ofAll.sessions());
        assertThat(ofLatest.fleet().agents()).isEqualTo(ofAll.fleet().agents());
        assertThat(ofLatest.fleet().nodes()).isEqualTo(ofAll.fleet().nodes());
        assertThat(ofLatest.fleet().totals()).isEqualTo(ofAll.fleet().totals());
    }

    private static SessionStore store(List<Record<byte[], byte[]>> records) {
        SessionStore store = new SessionStore(Clock.fixed(Monitor.T0, ZoneOffset.UTC));
        records.forEach(record -> store.take(new ConsumerRecord<>("sessions", 0, 0, record.timestamp(),
                TimestampType.CREATE_TIME, 0, 0, record.key(), record.value(), new RecordHeaders(), Optional.empty())));
        return store;
    }

    /** Of each agent its own in their order; those of the stages come anywhere, early or late. */
    private static List<Receipt> receipts(Gen gen, Map<String, Long> published) {
        List<List<Receipt>> ofAgents = new ArrayList<>();
        List<Receipt> all = new ArrayList<>();
        Random random = new Random(gen.number());
        for (int agent = 0; agent < AGENTS; agent++) {
            List<Receipt> own = new ArrayList<>();
            for (int i = 0; i < CYCLES; i++) {
                Scan scan = new Scan("s" + agent + i, "10.0.0." + agent, Monitor.T0.plusSeconds(60L * i));
                cycle(scan, 1 + 1_000L * i, gen, random, own, all, published);
            }
            all.addAll(own);
            ofAgents.add(own);
        }
        List<Receipt> order = gen.shuffled(all);
        for (List<Receipt> own : ofAgents) {
            Iterator<Receipt> next = own.iterator();
            Set<Receipt> ofAgent = new HashSet<>(own);
            order.replaceAll(receipt -> ofAgent.contains(receipt) ? next.next() : receipt);
        }
        return order;
    }

    private static void cycle(Scan scan, long first, Gen gen, Random random, List<Receipt> own, List<Receipt> all,
            Map<String, Long> published) {
        own.add(scan.started(DATABASES.size()));
        for (int i = 0; i < DATABASES.size(); i++) {
            String path = DATABASES.get(i);
            VersionSet versions = VersionSet.range(first + 100L * i,
                    first + 100L * i + (gen.flag() ? 0 : gen.integer(1, 15)));
            long soFar = 0;
            for (VersionSet page : Scan.parts(versions, random)) {
                soFar += page.size();
                own.add(scan.scanned(path, page, soFar, false));
            }
            own.add(scan.scanned(path, VersionSet.NONE, soFar, true));
            Scan.parts(versions, random).forEach(part -> all.add(scan.enriched(path, part)));
            Scan.parts(versions, random).forEach(part -> all.add(scan.written(path, part)));
            if (soFar > 0) {
                published.merge(scan.sessionId, soFar, Long::sum);
            }
        }
        own.add(scan.ended(DATABASES.size()));
    }

    /** A task of the monitor: a reconciler, its stores, and what it has published so far. */
    private static final class Task {
        private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
        private final Map<String, KeyValueStore<String, byte[]>> stores = new HashMap<>();
        private final Reconciler reconciler = new Reconciler(Timeouts.STANDARD);
        private final List<Record<byte[], byte[]>> summaries = new ArrayList<>();

        /** With stores that hold this, by name and key, and what an earlier task has published. */
        Task(Map<String, Map<String, byte[]>> stored, List<Record<byte[], byte[]>> before) {
            summaries.addAll(before);
            for (String name : States.STORES) {
                KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name),
                        Serdes.String(), Serdes.ByteArray()).withLoggingDisabled().build();
                store.init(context.getStateStoreContext(), store);
                context.addStateStore(store);
                stored.getOrDefault(name, Map.of()).forEach(store::put);
                stores.put(name, store);
            }
            reconciler.init(context);
        }

        void take(Receipt receipt, Instant at) {
            reconciler.process(new Record<>(receipt.sourceIp().getBytes(StandardCharsets.UTF_8),
                    ReceiptSerde.write(receipt), at.toEpochMilli()));
            collect();
        }

        void tick(Instant now) {
            context.scheduledPunctuators().getFirst().getPunctuator().punctuate(now.toEpochMilli());
            collect();
        }

        /** Another one in its place, which has of it what was committed. */
        Task again() {
            Map<String, Map<String, byte[]>> stored = new HashMap<>();
            stores.forEach((name, store) -> {
                Map<String, byte[]> values = new HashMap<>();
                try (KeyValueIterator<String, byte[]> entries = store.all()) {
                    entries.forEachRemaining(entry -> values.put(entry.key, entry.value));
                }
                stored.put(name, values);
            });
            return new Task(stored, summaries);
        }

        private void collect() {
            context.forwarded().forEach(forward -> {
                @SuppressWarnings("unchecked")
                Record<byte[], byte[]> record = (Record<byte[], byte[]>) (Record<?, ?>) forward.record();
                assertThat(forward.childName()).contains(ReconciliationTopology.SUMMARIES);
                summaries.add(record);
            });
            context.resetForwards();
        }

        /** The last record of each key, in the order of the topic. */
        SequencedMap<String, Record<byte[], byte[]>> compacted() {
            SequencedMap<String, Record<byte[], byte[]>> latest = new LinkedHashMap<>();
            summaries.forEach(record -> latest.putLast(new String(record.key(), StandardCharsets.UTF_8), record));
            return latest;
        }

        Map<String, SessionSummary> latest() {
            Map<String, SessionSummary> latest = new TreeMap<>();
            compacted().forEach((key, record) -> {
                if (record.value() != null) {
                    latest.put(key, read(record.value()));
                }
            });
            return latest;
        }

        /** All that it says, but not how often it has, nor when it first saw that a session was complete. */
        Map<String, ObjectNode> facts() {
            Map<String, ObjectNode> facts = new TreeMap<>();
            latest().forEach((key, summary) -> {
                ObjectNode fields = (ObjectNode) JSON.readTree(SessionSummarySerde.write(summary));
                fields.remove("revision");
                if (summary instanceof SyncSession) {
                    fields.remove("accounted_at");
                }
                facts.put(key, fields);
            });
            return facts;
        }

        private static SessionSummary read(byte[] json) {
            try {
                return SessionSummarySerde.read(json);
            } catch (UnreadableRecordException e) {
                throw new AssertionError(e);
            }
        }
    }
}
