package io.tokensync.writer.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.tokensync.writer.batch.BatchCounts;
import io.tokensync.writer.batch.ReceiptKey;
import io.tokensync.writer.batch.TokenBatch;

/** The rows of a batch, each with the number of whom it is counted for. */
final class StagedReceiptKeys {
    private final Map<ReceiptKey, Long> numbers = new LinkedHashMap<>();
    private final Map<Long, Long> sizes = new LinkedHashMap<>();
    private final List<StagedRow> rows = new ArrayList<>();

    private StagedReceiptKeys() {}

    static StagedReceiptKeys of(TokenBatch batch) {
        StagedReceiptKeys origins = new StagedReceiptKeys();
        for (TokenBatch.Row row : batch.rows()) {
            long number = origins.numbers.computeIfAbsent(row.newest().origin(), _ -> (long) origins.numbers.size());
            origins.sizes.merge(number, 1L, Long::sum);
            origins.rows.add(new StagedRow(row.state(), number));
        }
        return origins;
    }

    List<StagedRow> rows() {
        return rows;
    }

    /** What the merge does for each origin. */
    Map<ReceiptKey, BatchCounts> counts(List<StagedBatch.Comparison> found) {
        Map<Long, StagedBatch.Comparison> byNumber = new LinkedHashMap<>();
        found.forEach(comparison -> byNumber.put(comparison.origin(), comparison));
        Map<ReceiptKey, BatchCounts> counts = new LinkedHashMap<>();
        numbers.forEach((origin, number) -> {
            var of = byNumber.getOrDefault(number, new StagedBatch.Comparison(number, 0, 0, 0));
            counts.put(origin, new BatchCounts(sizes.get(number) - of.matched(), of.newer(), of.same(),
                    of.matched() - of.newer() - of.same()));
        });
        return counts;
    }
}
