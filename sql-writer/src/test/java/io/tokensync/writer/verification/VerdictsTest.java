package io.tokensync.writer.verification;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.tokensync.common.serde.VerificationSerde;
import io.tokensync.common.verification.BucketSums;
import io.tokensync.common.verification.NodeVerdict;
import io.tokensync.common.verification.NodeVerdict.TableRow;
import io.tokensync.common.verification.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

class VerdictsTest {
    private static final int MOST_BYTES = 1_000_000;
    private static final BucketSums NO_ROWS = new BucketSums.Builder().sums();

    private static NodeVerification differs(int... buckets) {
        BitSet differing = new BitSet();
        IntStream.of(buckets).forEach(differing::set);
        return new NodeVerification(Digests.of(Digests.AGENT, 7, NO_ROWS),
                new Comparison(NO_ROWS, differing, new BitSet(), Digests.AS_OF, Duration.ZERO), Outcome.DIFFERS);
    }

    private static RepairScope scope(int rows) {
        BitSet chosen = new BitSet();
        chosen.set(3);
        chosen.set(9);
        return new RepairScope(chosen, 64, rows, true);
    }

    private static List<NodeVerdict> verdicts(List<TableRow> rows) throws Exception {
        List<NodeVerdict> verdicts = Verdicts.of(differs(3, 9), scope(rows.size()), rows);
        for (NodeVerdict verdict : verdicts) {
            byte[] json = VerificationSerde.write(verdict);
            assertThat(json).hasSizeLessThan(MOST_BYTES);
            assertThat(VerificationSerde.readVerdict(json)).isEqualTo(verdict);
        }
        return verdicts;
    }

    @Test
    void manyRowsComeInPartsThatFitARecord() throws Exception {
        List<TableRow> rows = IntStream.range(0, 25_000).mapToObj(i -> new TableRow("Qm" + i, i, i)).toList();
        List<NodeVerdict> verdicts = verdicts(rows);
        assertThat(verdicts).hasSizeGreaterThan(2).allMatch(verdict -> verdict.parts() == verdicts.size());
        assertThat(verdicts.stream().map(NodeVerdict::part)).isEqualTo(
                IntStream.range(0, verdicts.size()).boxed().toList());
        assertThat(verdicts.stream().flatMap(verdict -> verdict.rows().stream())).containsExactlyElementsOf(rows);
        assertThat(verdicts.stream().flatMap(verdict -> verdict.differing().stream())).containsExactly(3, 9);
    }

    @Test
    void longIdsAreCountedByTheirBytes() throws Exception {
        String quotes = "\"".repeat(490);
        List<TableRow> rows = IntStream.range(0, 9_000).mapToObj(i -> new TableRow(quotes + i, i, i)).toList();
        assertThat(verdicts(rows)).hasSizeGreaterThan(5);
    }

    @Test
    void rowsThatNoRecordCanNameAreLeftOut() throws Exception {
        List<TableRow> rows = List.of(new TableRow("Qm\u0000", 1, 1), new TableRow(" ", 1, 1), new TableRow("Qm1", 1, -1),
                new TableRow("Qm2", 1, 1));
        assertThat(verdicts(rows).getFirst().rows()).containsExactly(new TableRow("Qm2", 1, 1));
    }

    @Test
    void noRowsAreOnePart() throws Exception {
        assertThat(verdicts(List.of())).singleElement()
                .satisfies(verdict -> assertThat(verdict.differing()).containsExactly(3, 9));
    }
}
