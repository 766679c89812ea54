package io.tokensync.enricher.handler;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.serde.UnreadableRecordException;
import io.tokensync.enricher.handler.RowContents.Outcome;
import io.tokensync.enricher.retry.RetryRequest;

/**
 * What becomes of one batch: the records to produce, in the order of its rows, and the receipts. A row whose content is still
 * searched for leaves a gap.
 */
final class BatchOutput {
    private final RowOutputs to;
    private final EnrichReceipts receipts = new EnrichReceipts();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<TokenRecord> searched = new ArrayList<>();
    private final int rows;
    /** Null is a gap. */
    private List<ProducerRecord<byte[], byte[]>> records;
    private final List<RejectionReason> rejected = new ArrayList<>();

    BatchOutput(RowOutputs to, int rows) {
        this.to = to;
        this.rows = rows;
        this.records = new ArrayList<>(rows + 1);
    }

    /** A row that goes on as it is. */
    void passed(TokenRecord row, ProducerRecord<byte[], byte[]> record) {
        receipts.passed(row);
        records.add(record);
    }

    /** A record that cannot be read. */
    void rejected(ConsumerRecord<byte[], byte[]> source, UnreadableRecordException cause) {
        rejected.add(cause.reason());
        receipts.unreadable(source, cause.reason());
        records.add(to.unreadable(source, cause));
    }

    /** A row of whose content this is known. */
    void known(TokenRecord row, Outcome outcome) {
        outcomes.add(outcome);
        switch (outcome) {
            case Outcome.Found(var content, var proof) -> {
                receipts.fetched(row);
                records.add(to.enriched().of(row, content, proof));
            }
            case Outcome.Missing(var failure, var mayCome) -> {
                receipts.failed(row, failure.reason());
                records.add(to.enriched().of(row,
                        mayCome ? to.enriched().pending(failure) : to.enriched().failed(failure)));
                if (mayCome) {
                    records.add(to.retries().first(new RetryRequest(row, 0)));
                }
            }
        }
    }

    /** A row whose content is searched for. */
    void searched(TokenRecord row) {
        searched.add(row);
        records.add(null);
    }

    /** What was found for the rows that left gaps, in their order. */
    void fill(List<Outcome> found) {
        List<ProducerRecord<byte[], byte[]>> gaping = records;
        records = new ArrayList<>(gaping.size() + found.size());
        Iterator<TokenRecord> rowsOfGaps = searched.iterator();
        Iterator<Outcome> theirs = found.iterator();
        for (ProducerRecord<byte[], byte[]> record : gaping) {
            if (record == null) {
                known(rowsOfGaps.next(), theirs.next());
            } else {
                records.add(record);
            }
        }
    }

    /** All of it; a batch that is dropped before is in no metric. */
    List<ProducerRecord<byte[], byte[]>> toRecords() {
        outcomes.forEach(to.metrics()::outcome);
        to.metrics().batch(rows, rejected);
        records.addAll(receipts.toRecords(to.receiptsTopic()));
        return records;
    }
}
