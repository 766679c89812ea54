package io.tokensync.writer.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.tokensync.common.kafka.ContentRetry;
import io.tokensync.common.model.Provenance;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.receipt.ReceiptScope;
import io.tokensync.writer.batch.BatchCounts;
import io.tokensync.writer.batch.ReceiptKey;
import io.tokensync.writer.batch.Received;
import io.tokensync.writer.batch.TokenBatch;

/** The rows of a batch, each with the number of whom it is counted for. */
final class StagedReceiptKeys {
    private final Map<ReceiptKey, Integer> numbers = new LinkedHashMap<>();
    private final List<StagedRow> rows;
    private final StagedVersions versions = new StagedVersions();
    private ReceiptKey last;
    private int lastNumber;

    private StagedReceiptKeys(int size) {
        this.rows = new ArrayList<>(size);
    }

    /** @param history whether versions for it are staged */
    static StagedReceiptKeys of(TokenBatch batch, boolean history) {
        StagedReceiptKeys origins = new StagedReceiptKeys(batch.size());
        for (TokenBatch.Row row : batch.rows()) {
            int origin = origins.number(row.newest());
            if (history) {
                origins.versions.add(row, origin, origins.rows.size());
            }
            origins.rows.add(new StagedRow(row.state(), origin, origins.rows.size()));
        }
        return origins;
    }

    private int number(Received newest) {
        boolean contentUpdate = ContentRetry.isOne(newest.source());
        if (last == null || last.contentUpdate() != contentUpdate || !isOf(last.scope(), newest.record())) {
            last = newest.origin();
            lastNumber = numbers.computeIfAbsent(last, _ -> numbers.size());
        }
        return lastNumber;
    }

    /** Nearly always so, in a batch in the order of its keys. */
    private static boolean isOf(ReceiptScope scope, TokenRecord record) {
        TokenKey key = record.key();
        Provenance from = record.provenance();
        return scope.sessionId().equals(from.sessionId()) && scope.dbPath().equals(from.dbPath())
                && scope.nodeName().equals(key.nodeName()) && scope.sourceIp().equals(key.sourceIp());
    }

    List<StagedRow> rows() {
        return rows;
    }

    StagedBatch batch() {
        return new StagedBatch(rows, versions.all());
    }

    /** By whom they are counted for, what has been found by their numbers. */
    Map<ReceiptKey, BatchCounts> counts(List<BatchCounts> found) {
        Map<ReceiptKey, BatchCounts> counts = new LinkedHashMap<>();
        numbers.forEach((origin, number) -> counts.put(origin, found.get(number)));
        return counts;
    }
}
