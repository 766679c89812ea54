package io.tokensync.monitor.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.ReceiptScope;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.common.session.EnrichCounts;
import io.tokensync.common.session.ScanCounts;
import io.tokensync.common.session.ScanProblem;
import io.tokensync.common.session.SyncSession;
import io.tokensync.common.session.WriteCounts;
import io.tokensync.testkit.property.Gen;
import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds of a session whatever its receipts are, in any order, any of them repeated; without Kafka. */
class SessionLawsTest {
    private static final String SESSION = "5c4f7a2e-0000-4000-8000-000000000001";
    private static final String MACHINE = "10.0.0.1";
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void theSameReceiptsInAnyOrderAndRepeatedMakeTheSameSession() {
        Property.forAll(300, gen -> {
            Cycle cycle = new Cycle(gen);
            Session inOrder = new Session();
            cycle.receipts.forEach(inOrder::take);
            List<Receipt> all = new ArrayList<>(cycle.receipts);
            cycle.receipts.stream().filter(_ -> gen.percent(40)).forEach(all::add);
            Session shuffled = new Session();
            gen.shuffled(all).forEach(shuffled::take);
            assertThat(shuffled.facts()).isEqualTo(inOrder.facts());
        });
    }

    @Test
    void aSessionIsCompleteWithTheReceiptThatAccountsForItsLastRecordAndNotBefore() {
        Property.forAll(300, gen -> {
            Cycle cycle = new Cycle(gen);
            Session session = new Session();
            Known known = new Known();
            for (Receipt receipt : cycle.arriving()) {
                session.take(receipt);
                known.take(receipt);
                assertThat(session.isComplete()).as("after %s of %s", receipt, cycle.receipts)
                        .isEqualTo(known.isEverything(cycle));
                assertThat(session.summary().inFlight().records())
                        .isEqualTo(known.published.stream().filter(version -> !known.accountedFor.contains(version))
                                .count());
            }
            assertThat(session.isComplete()).isTrue();
            assertThat(session.summary().scan().published()).isEqualTo(cycle.versions.size());
            assertThat(session.summary().enriched().deadLettered() + session.summary().written().rows())
                    .isEqualTo(cycle.versions.size());
        });
    }

    /** What the receipts so far have named, in plain sets. */
    private static final class Known {
        private final Set<Long> published = new TreeSet<>();
        private final Set<Long> accountedFor = new TreeSet<>();
        private final Set<String> ended = new TreeSet<>();
        private boolean cycleEnded;

        void take(Receipt receipt) {
            switch (receipt) {
                case Receipt.DatabaseScanned scanned -> {
                    add(published, scanned.versions());
                    if (scanned.ended()) {
                        ended.add(scanned.scope().dbPath());
                    }
                }
                case Receipt.Enriched enriched -> add(accountedFor, enriched.dead());
                case Receipt.Written written -> add(accountedFor, written.versions());
                case Receipt.ScanCycleEnded _ -> cycleEnded = true;
                default -> assertThat(receipt).isInstanceOf(Receipt.ScanCycleStarted.class);
            }
        }

        boolean isEverything(Cycle cycle) {
            return cycleEnded && ended.size() == cycle.databases && published.equals(cycle.versions)
                    && accountedFor.equals(cycle.versions);
        }

        private static void add(Set<Long> to, VersionSet versions) {
            if (!versions.isEmpty()) {
                LongStream.range(versions.first(), versions.end())
                        .filter(version -> !versions.between(version, version + 1).isEmpty()).forEach(to::add);
            }
        }
    }

    /** The states of a session as its receipts come, one a second. */
    private static final class Session {
        private final Map<String, DatabaseState> databases = new TreeMap<>();
        private SessionState state = SessionState.of(SESSION, MACHINE, AT);
        private Instant now = AT;

        /** Apart from times, which are those at which receipts have come. */
        private record Facts(boolean complete, SyncSession.Databases counts, ScanCounts scan, EnrichCounts enriched,
                WriteCounts written, List<List<Object>> databases) {}

        void take(Receipt receipt) {
            now = now.plusSeconds(1);
            switch (receipt) {
                case Receipt.ScanCycleStarted started -> state = state.with(started, now);
                case Receipt.ScanCycleEnded ended -> state = state.with(ended, false, now);
                case Receipt.DatabaseScanned scanned -> put(database(scanned.scope()).with(scanned, now));
                case Receipt.Enriched enriched -> put(database(enriched.scope()).with(enriched, now));
                case Receipt.Written written -> put(database(written.scope()).with(written, now));
                default -> throw new IllegalArgumentException(receipt.toString());
            }
        }

        boolean isComplete() {
            return verdict().status(now, false).isComplete();
        }

        SyncSession summary() {
            return verdict().summary(verdict().status(now, false), 1, null);
        }

        Facts facts() {
            SyncSession summary = summary();
            return new Facts(isComplete(), summary.databases(), summary.scan(), summary.enriched(), summary.written(),
                    databases.values().stream()
                            .map(database -> List.<Object>of(database.scope(), database.published(),
                                    database.enriched(), database.accountedFor(), database.scanned(),
                                    database.enrichCounts(), database.writeCounts(), database.hasErrors()))
                            .toList());
        }

        private Verdict verdict() {
            return new Verdict(state, List.copyOf(databases.values()), Duration.ofHours(1), Duration.ofHours(1));
        }

        private DatabaseState database(ReceiptScope scope) {
            return databases.getOrDefault(scope.dbPath(), DatabaseState.of(scope, now));
        }

        private void put(DatabaseState database) {
            databases.put(database.scope().dbPath(), database);
        }
    }

    /** The receipts of one scan cycle: each stage cuts its batches as it likes, and dead-letters what it likes. */
    private static final class Cycle {
        private final Gen gen;
        private final List<Receipt> receipts = new ArrayList<>();
        private final Set<Long> versions = new TreeSet<>();
        private final int databases;
        private final int failed;

        Cycle(Gen gen) {
            this.gen = gen;
            this.databases = gen.integer(0, 3);
            receipts.add(new Receipt.ScanCycleStarted(SESSION, MACHINE, AT, databases, databases));
            int brokenOff = 0;
            for (int i = 0; i < databases; i++) {
                ScanProblem problem = gen.percent(20)
                        ? new ScanProblem("database_corrupt", "/n" + i, "malformed")
                        : null;
                brokenOff += problem == null ? 0 : 1;
                database(new ReceiptScope(SESSION, MACHINE, "n" + i, "/n" + i), problem,
                        LongStream.range(100L * i + 1, 100L * i + 1 + gen.integer(0, 20)).boxed().toList());
            }
            failed = brokenOff;
            receipts.add(new Receipt.ScanCycleEnded(SESSION, MACHINE, AT, databases, databases - failed, 0, failed,
                    List.of()));
        }

        /**
         * In any order; but a database that cannot even be opened has no receipt, so that nobody knows of how many failed
         * ones to wait for any. There the agent's own come in the order of their partition.
         */
        List<Receipt> arriving() {
            List<Receipt> order = gen.shuffled(receipts);
            if (failed > 0) {
                Iterator<Receipt> own = receipts.stream().filter(Cycle::isOfAgent).iterator();
                order.replaceAll(receipt -> isOfAgent(receipt) ? own.next() : receipt);
            }
            return order;
        }

        private static boolean isOfAgent(Receipt receipt) {
            return !(receipt instanceof Receipt.Enriched) && !(receipt instanceof Receipt.Written);
        }

        private void database(ReceiptScope scope, ScanProblem problem, List<Long> rows) {
            versions.addAll(rows);
            long soFar = 0;
            for (List<Long> page : gen.cut(rows)) {
                soFar += page.size();
                receipts.add(scanned(scope, soFar, page, false, null));
            }
            receipts.add(scanned(scope, soFar, List.of(), true, problem));
            List<Long> handedOn = new ArrayList<>();
            for (List<Long> batch : gen.cut(gen.shuffled(rows))) {
                List<Long> dead = batch.stream().filter(_ -> gen.percent(10)).toList();
                handedOn.addAll(batch.stream().filter(row -> !dead.contains(row)).toList());
                long failed = gen.number(0, batch.size() - dead.size());
                receipts.add(new Receipt.Enriched(scope, new EnrichCounts(batch.size() - dead.size() - failed,
                        Map.of("timeout", failed), 0, Map.of("record_rejected", (long) dead.size()), 0), set(batch),
                        set(dead)));
            }
            for (List<Long> batch : gen.cut(gen.shuffled(handedOn))) {
                long dead = gen.percent(80) ? 0 : 1;
                long inserted = gen.number(0, batch.size() - dead);
                receipts.add(new Receipt.Written(scope, new WriteCounts(inserted, batch.size() - dead - inserted, 0, 0,
                        0, Map.of("sql_rejected", dead), 0, 0), set(batch)));
            }
        }

        private static Receipt scanned(ReceiptScope scope, long soFar, List<Long> page, boolean ended,
                ScanProblem problem) {
            return new Receipt.DatabaseScanned(scope, AT, AT, new ScanCounts(soFar, 0, soFar, 0, 0, Map.of(), 0),
                    set(page), ended, problem);
        }

        private static VersionSet set(List<Long> versions) {
            return VersionSet.of(versions.stream().mapToLong(Long::longValue).toArray());
        }
    }
}
