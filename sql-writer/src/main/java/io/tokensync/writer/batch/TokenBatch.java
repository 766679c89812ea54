package io.tokensync.writer.batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.tokensync.common.kafka.ContentRetry;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenState;

/**
 * Records merged into one state per row by the convergence invariant, in the order of their keys. A row is written at most
 * once per batch, which a set-based merge requires, and two writers lock rows in the same order.
 */
public final class TokenBatch {
    private final List<Row> rows;

    /**
     * One row of the batch.
     *
     * @param state what all its records say together
     * @param records the records, at least one, in the order of their arrival
     * @param newest the one that the row's outcome is counted for; the others are superseded by it
     */
    public record Row(TokenState state, List<Received> records, Received newest) {
        private static final Comparator<Row> BY_KEY = (one, two) -> one.state.key().compareTo(two.state.key());
        private static final Comparator<Received> BY_VERSION = Comparator
                .comparing((Received received) -> !ContentRetry.isOne(received.source()))
                .thenComparingLong(received -> received.record().recordVersion());

        private Row(Received first) {
            this(TokenState.of(first.record()), List.of(first), first);
        }

        private Row and(Row other) {
            List<Received> both = new ArrayList<>(records);
            both.addAll(other.records);
            return new Row(state.merge(other.state), both,
                    BY_VERSION.compare(newest, other.newest) < 0 ? other.newest : newest);
        }
    }

    private TokenBatch(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    /** Folds these records; any order, any number per row. */
    public static TokenBatch of(Collection<Received> records) {
        Map<TokenKey, Row> rows = HashMap.newHashMap(records.size());
        for (Received received : records) {
            rows.merge(received.record().key(), new Row(received), Row::and);
        }
        List<Row> sorted = new ArrayList<>(rows.values());
        sorted.sort(Row.BY_KEY);
        return new TokenBatch(sorted);
    }

    /** The rows in the order of their keys. */
    public List<Row> rows() {
        return rows;
    }

    /** How many rows; fewer than records when some were superseded. */
    public int size() {
        return rows.size();
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The rows from this place to that one, which is not included. */
    TokenBatch part(int from, int to) {
        return new TokenBatch(rows.subList(from, to));
    }

    /** All records of the batch. */
    public List<Received> records() {
        return rows.stream().flatMap(row -> row.records().stream()).toList();
    }

    /** True when the batch can be cut: it has more than one record. */
    public boolean divisible() {
        return rows.stream().mapToInt(row -> row.records().size()).sum() > 1;
    }

    /**
     * The batch in two parts that together mean the same: halves of its rows, or halves of the records of its only row.
     */
    public List<TokenBatch> halves() {
        if (rows.size() > 1) {
            int middle = rows.size() / 2;
            return List.of(part(0, middle), part(middle, rows.size()));
        }
        List<Received> records = records();
        int middle = records.size() / 2;
        return List.of(of(records.subList(0, middle)), of(records.subList(middle, records.size())));
    }
}
