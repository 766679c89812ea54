package io.tokensync.writer.verification;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.retry.Delay;
import io.tokensync.common.retry.Retrier;
import io.tokensync.common.retry.RetryListener;
import io.tokensync.common.retry.RetryPolicy;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.verification.BucketSums;
import io.tokensync.common.verification.NodeVerdict;
import io.tokensync.common.verification.NodeVerdict.TableRow;
import io.tokensync.common.verification.Outcome;
import io.tokensync.testkit.property.Gen;
import io.tokensync.testkit.property.Property;
import io.tokensync.writer.batch.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever node and table hold: what differs and was not changed since is told, with all that the table has of it, and nothing else. */
class VerifierPropertyTest {
    private static final long WATERMARK = 1_000;
    private static final int BUCKETS = BucketSums.COARSEST;

    private final Clock clock = Clock.fixed(Instant.parse("2026-03-29T03:00:00Z"), ZoneOffset.UTC);
    private final OwnThread thread = new OwnThread("test-verifier", Duration.ofSeconds(10));

    /** A row of the table; gone when its version is that of a deletion. */
    private record Row(long digest, long version, boolean gone) {}

    /** A table in memory. */
    private record Rows(Map<String, Row> rows) implements NodeTable {
        @Override
        public BucketSums sums(Node node) {
            BucketSums.Builder sums = new BucketSums.Builder();
            rows.forEach((id, row) -> {
                if (!row.gone()) {
                    sums.add(id, row.digest());
                }
            });
            return sums.sums();
        }

        @Override
        public BitSet newer(Node node, long above, long upTo, int buckets) {
            BitSet newer = new BitSet();
            rows.forEach((id, row) -> {
                if (row.version() > above && row.version() <= upTo) {
                    newer.set(BucketSums.bucket(id, buckets));
                }
            });
            return newer;
        }

        @Override
        public List<TableRow> rows(Node node, BitSet chosen, int buckets, int most) {
            return rows.entrySet().stream()
                    .filter(row -> !row.getValue().gone() && chosen.get(BucketSums.bucket(row.getKey(), buckets)))
                    .limit(most)
                    .map(row -> new TableRow(row.getKey(), row.getValue().digest(), row.getValue().version())).toList();
        }
    }

    /** Remembers nothing. */
    private static final class NoStore implements VerificationStore {
        @Override
        public void add(NodeVerification verification) {
            // nobody asks
        }

        @Override
        public List<String> agents(NodeTable.Node node, long except, int most) {
            return List.of();
        }

        @Override
        public Standing standing() {
            return new Standing(0, 0, 0, 0);
        }

        @Override
        public Deleted deleteSome(Instant before) {
            return new Deleted(0, true);
        }
    }

    @AfterEach
    void close() {
        thread.close();
    }

    @Test
    void whatDiffersAndIsNotNewerIsToldAndNothingElse() {
        Property.forAll(2_000, gen -> {
            Map<String, Long> node = new TreeMap<>();
            Map<String, Row> table = new TreeMap<>();
            for (int number = 0; number < gen.integer(0, 40); number++) {
                token(gen, "Qm" + number, node, table);
            }
            assertTold(node, table, verify(node, table));
        });
    }

    /** Mostly as it should be; else changed or missing on one side, by hand or by a version that the digest does not know. */
    private static void token(Gen gen, String id, Map<String, Long> node, Map<String, Row> table) {
        if (!gen.percent(10)) {
            node.put(id, 1L);
        }
        if (!gen.percent(10)) {
            long version = gen.percent(10) ? gen.number(WATERMARK + 1, WATERMARK + 5) : gen.number(1, WATERMARK);
            table.put(id, new Row(gen.percent(10) ? 2L : 1L, version, gen.percent(10)));
        }
    }

    private List<NodeVerdict> verify(Map<String, Long> node, Map<String, Row> table) throws Exception {
        BucketSums.Builder sums = new BucketSums.Builder();
        node.forEach(sums::add);
        SqlRunner sql = new SqlRunner(thread, new Retrier(RetryPolicy.standard(), _ -> FailureKind.FATAL,
                new StageStatus(clock), RetryListener.NONE, clock, Delay.sleeping(_ -> {}),
                RandomGenerator.getDefault()));
        Fence fence = new Fence(List.of(), _ -> List.of(), new StageStatus(clock), _ -> {}, clock);
        return new Verifier(new Rows(table), new NoStore(), sql, fence,
                new VerificationMetrics(new Metrics(new SimpleMeterRegistry())), clock)
                .verify(List.of(Digests.of(Digests.AGENT, WATERMARK, sums.sums())));
    }

    private static void assertTold(Map<String, Long> node, Map<String, Row> table, List<NodeVerdict> verdicts) {
        NodeVerdict verdict = verdicts.getFirst();
        Set<Integer> differing = new TreeSet<>();
        Set<Integer> newer = new TreeSet<>();
        List<String> ids = new ArrayList<>(node.keySet());
        ids.addAll(table.keySet());
        for (String id : ids) {
            Row row = table.get(id);
            Long held = row == null || row.gone() ? null : Long.valueOf(row.digest());
            if (held == null ? node.containsKey(id) : !held.equals(node.get(id))) {
                differing.add(BucketSums.bucket(id, BUCKETS));
            }
            if (row != null && row.version() > WATERMARK) {
                newer.add(BucketSums.bucket(id, BUCKETS));
            }
        }
        Set<Integer> told = new TreeSet<>(differing);
        told.removeAll(newer);
        assertThat(verdict.outcome()).isEqualTo(differing.isEmpty()
                ? Outcome.EQUAL
                : told.isEmpty() ? Outcome.UNSETTLED : Outcome.DIFFERS);
        assertThat(verdict.differing()).containsExactlyElementsOf(told);
        assertThat(verdict.complete()).isEqualTo(told.equals(differing));
        assertThat(verdict.rows().stream().map(TableRow::tokenId).collect(Collectors.toSet()))
                .isEqualTo(table.entrySet().stream().filter(row -> !row.getValue().gone()
                        && told.contains(BucketSums.bucket(row.getKey(), BUCKETS))).map(Map.Entry::getKey)
                        .collect(Collectors.toSet()));
    }
}
