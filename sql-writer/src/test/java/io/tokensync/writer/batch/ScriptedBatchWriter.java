package io.tokensync.writer.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenState;

/** A table in memory that keeps the law, and fails as it is told. */
final class ScriptedBatchWriter implements BatchWriter {
    final TreeMap<TokenKey, TokenState> table = new TreeMap<>();
    final List<Integer> calls = new ArrayList<>();
    private final List<SqlFailure> next = new ArrayList<>();
    private Predicate<TokenState> poison = _ -> false;
    private Predicate<TokenState> unheardOf = _ -> false;
    private int largest = Integer.MAX_VALUE;

    static SqlFailure failure(FailureKind kind) {
        return new SqlFailure(kind, 4711, "S0001", "as the script says", null);
    }

    /** The next calls fail so, in this order. */
    ScriptedBatchWriter failNext(FailureKind... kinds) {
        for (FailureKind kind : kinds) {
            next.add(failure(kind));
        }
        return this;
    }

    /** Batches with such a state fail as a whole. */
    ScriptedBatchWriter reject(Predicate<TokenState> states) {
        poison = states;
        return this;
    }

    /** Batches with such a state fail with an error that no table knows. */
    ScriptedBatchWriter unheardOf(Predicate<TokenState> states) {
        unheardOf = states;
        return this;
    }

    /** Batches of more rows are too much. */
    ScriptedBatchWriter atMost(int rows) {
        largest = rows;
        return this;
    }

    @Override
    public WriteOutcome write(TokenBatch batch) throws SqlFailure {
        calls.add(batch.size());
        if (!next.isEmpty()) {
            throw next.removeFirst();
        }
        if (batch.size() > largest) {
            throw failure(FailureKind.OVERSIZED);
        }
        if (batch.rows().stream().map(TokenBatch.Row::state).anyMatch(poison)) {
            throw failure(FailureKind.POISON);
        }
        if (batch.rows().stream().map(TokenBatch.Row::state).anyMatch(unheardOf)) {
            throw failure(FailureKind.ENVIRONMENT).perhapsOfARow();
        }
        batch.rows().forEach(row -> table.merge(row.state().key(), row.state(), TokenState::merge));
        return Records.inserted(batch);
    }
}
