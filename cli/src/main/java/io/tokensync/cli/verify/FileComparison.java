package io.tokensync.cli.verify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.tokensync.cli.verify.RowDifference.Kind;
import io.tokensync.cli.verify.jdbc.ComparedTable;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.verification.BucketSums;
import io.tokensync.common.verification.RowFields;
import io.tokensync.monitor.audit.AuditException;
import io.tokensync.scanner.operate.NodeCopy;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.writer.verification.jdbc.AuditedRow;

/**
 * Compares a copy of a node's database with the table: at first by sums, and then, row by row, only the buckets that differ. Never
 * are more than so many rows of the copy in memory, and none of the table; where more differ, both are read several times.
 */
final class FileComparison {
    /** About 1 KB each. */
    static final int MOST_HELD = 50_000;

    private final NodeCopy copy;
    private final ComparedTable table;
    private final int mostHeld;

    /** @param mostHeld so many rows of the copy in memory; more only when one bucket has more */
    FileComparison(NodeCopy copy, ComparedTable table, int mostHeld) {
        this.copy = copy;
        this.table = table;
        this.mostHeld = mostHeld;
    }

    /**
     * By sums.
     *
     * @throws IOException when there is no room beside the copy
     * @throws DatabaseProblemException when the copy cannot be read
     * @throws AuditException when the table cannot be asked
     */
    Compared compare() throws IOException, DatabaseProblemException, AuditException, InterruptedException {
        NodeCopy.Contents contents = copy.contents();
        boolean keeps = table.keepsVerifications();
        return new Compared(contents, table.node(), table.place(), table.sums(), keeps,
                keeps ? table.verification() : Optional.empty());
    }

    /**
     * Gives the rows that differ.
     *
     * @return how many of each kind
     * @throws IOException when there is no room beside the copy
     * @throws DatabaseProblemException when the copy cannot be read
     * @throws AuditException when the table cannot be asked
     */
    Map<Kind, Long> differences(Compared compared, Consumer<RowDifference> taker)
            throws IOException, DatabaseProblemException, AuditException, InterruptedException {
        Map<Kind, Long> counts = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            counts.put(kind, 0L);
        }
        for (BitSet group : groups(compared)) {
            Map<String, TokenRow> held = new LinkedHashMap<>();
            copy.rows(group, held::put);
            Consumer<RowDifference> counting = difference -> {
                counts.merge(difference.kind(), 1L, Long::sum);
                taker.accept(difference);
            };
            table.rows(group, row -> compare(row, held, counting));
            held.forEach((id, row) -> counting.accept(RowDifference.onlyOnNode(id, RowFields.of(row))));
        }
        return counts;
    }

    /** Buckets that differ, as many at a time as there is room for their rows. */
    private List<BitSet> groups(Compared compared) {
        BucketSums sums = compared.copy().sums();
        List<BitSet> groups = new ArrayList<>();
        long held = Long.MAX_VALUE;
        for (int bucket : compared.differing().stream().toArray()) {
            if (held > mostHeld - sums.rows(bucket)) {
                groups.add(new BitSet(sums.buckets()));
                held = 0;
            }
            groups.getLast().set(bucket);
            held += sums.rows(bucket);
        }
        return groups;
    }

    /** What is left of the copy's rows in the end, the table has not. */
    private static void compare(AuditedRow row, Map<String, TokenRow> held, Consumer<RowDifference> taker) {
        TokenRow onNode = held.remove(row.tokenId());
        if (onNode == null) {
            if (!row.isGone()) {
                taker.accept(RowDifference.onlyInTable(row));
            }
            return;
        }
        RowFields fields = RowFields.of(onNode);
        if (row.isGone()) {
            taker.accept(RowDifference.gone(fields, row));
            return;
        }
        List<RowFields.Difference> differing = fields.differing(row.fields());
        if (!differing.isEmpty()) {
            taker.accept(RowDifference.different(row, differing));
        }
    }
}
