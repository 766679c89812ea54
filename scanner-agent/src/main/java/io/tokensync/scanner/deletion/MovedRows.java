package io.tokensync.scanner.deletion;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.tokensync.scanner.batch.BatchBuilder;
import io.tokensync.scanner.batch.BatchPipeline;
import io.tokensync.scanner.diff.RowChange.Changed;
import io.tokensync.scanner.diff.RowDiff;
import io.tokensync.scanner.report.RowCounts;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.sqlite.TokenReader;
import io.tokensync.scanner.state.DatabaseStore;
import io.tokensync.scanner.state.MissingRow;
import io.tokensync.scanner.state.PublishedKey;

/**
 * Rows that the table scan has met neither where they were nor elsewhere, and that are there all the same: behind its end,
 * under it, or with a status that is not taken up. They are published from where they are now.
 */
public final class MovedRows {
    private static final int PAGE = 500;
    /** So few are in memory with all of their values. */
    private static final int LOT = 20;

    private final TokenReader reader;
    private final RowDiff diff;
    private final DatabaseStore store;
    private final BatchBuilder batches;
    private final BatchPipeline pipeline;
    private final RowCounts counts;

    /**
     * @param batches makes the batches
     * @param counts notified of the rows, which are read a second time
     */
    public MovedRows(TokenReader reader, RowDiff diff, DatabaseStore store, BatchBuilder batches,
            BatchPipeline pipeline, RowCounts counts) {
        this.reader = reader;
        this.diff = diff;
        this.store = store;
        this.batches = batches;
        this.pipeline = pipeline;
        this.counts = counts;
    }

    /** Publishes those of the missing rows of these tables that are found, so that they are not missing any more. */
    void publishAll(Set<Integer> tables) throws DatabaseProblemException, InterruptedException {
        List<MissingRow> page = store.missingAfter(PublishedKey.FIRST, PAGE);
        while (!page.isEmpty()) {
            publish(page.stream().map(MissingRow::key).filter(key -> tables.contains(key.table())).toList());
            page = store.missingAfter(page.getLast().key(), PAGE);
        }
    }

    /** Publishes those of the missing rows that are found, and returns the others. */
    List<PublishedKey> publish(List<PublishedKey> missing) throws DatabaseProblemException, InterruptedException {
        if (missing.isEmpty()) {
            return missing;
        }
        Set<String> there = new HashSet<>();
        // A row may be back in its very place, of which the state has to keep what was published just now.
        Set<PublishedKey> places = new HashSet<>();
        BatchBuilder batch = batches.next();
        for (int from = 0; from < missing.size(); from += LOT) {
            for (Changed change : find(missing.subList(from, Math.min(from + LOT, missing.size())), there)) {
                places.add(change.key());
                counts.read(1);
                counts.unchanged(batch.add(change) ? 0 : 1);
                if (batch.isFull()) {
                    pipeline.send(batch);
                    batch = batches.next();
                }
            }
        }
        pipeline.send(batch);
        pipeline.drain();
        store.forgetMoved(missing.stream()
                .filter(key -> there.contains(key.tokenId()) && !places.contains(key)).toList());
        return missing.stream().filter(key -> !there.contains(key.tokenId())).toList();
    }

    /** The first row of each id that the table can hold, and that was not found before. */
    private List<Changed> find(List<PublishedKey> missing, Set<String> there)
            throws DatabaseProblemException, InterruptedException {
        Map<String, PublishedKey> places = missing.stream()
                .collect(Collectors.toMap(PublishedKey::tokenId, Function.identity(), (one, _) -> one));
        List<Changed> found = new ArrayList<>();
        for (RawRow row : reader.find(places.keySet())) {
            Changed change = there.contains(row.id()) ? null : diff.moved(row, places.get(row.id()));
            if (change != null) {
                there.add(row.id());
                found.add(change);
            }
        }
        return found;
    }
}
