package io.tokensync.writer.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.tokensync.writer.batch.Origin;
import io.tokensync.writer.batch.TokenBatch;
import io.tokensync.writer.batch.WriteCounts;

/** The rows of a batch, each with the number of whom it is counted for. */
final class StagedOrigins {
    private final Map<Origin, Long> numbers = new LinkedHashMap<>();
    private final Map<Long, Long> sizes = new LinkedHashMap<>();
    private final List<StagedRow> rows = new ArrayList<>();

    private StagedOrigins() {}

    static StagedOrigins of(TokenBatch batch) {
        StagedOrigins origins = new StagedOrigins();
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
    Map<Origin, WriteCounts> counts(List<StagedBatch.Comparison> found) {
        Map<Long, StagedBatch.Comparison> byNumber = new LinkedHashMap<>();
        found.forEach(comparison -> byNumber.put(comparison.origin(), comparison));
        Map<Origin, WriteCounts> counts = new LinkedHashMap<>();
        numbers.forEach((origin, number) -> {
            var of = byNumber.getOrDefault(number, new StagedBatch.Comparison(number, 0, 0, 0));
            counts.put(origin, new WriteCounts(sizes.get(number) - of.matched(), of.newer(), of.same(),
                    of.matched() - of.newer() - of.same()));
        });
        return counts;
    }
}
