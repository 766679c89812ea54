package io.tokensync.enricher;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import io.tokensync.common.kafka.BatchHandler;
import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.RefusalReason;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.serde.TokenRecordSerde;
import io.tokensync.common.serde.UnreadableRecordException;
import io.tokensync.enricher.RowContents.Outcome;
import io.tokensync.enricher.retry.RetryRequest;

/**
 * Gives each row of a batch its content and hands all of them on in the order in which they came. What a record says of
 * its content already is not believed: only what hashes to its id is. A row whose content has not come in time passes
 * without, and a request to ask again is left on the topics of retries.
 */
public final class EnrichmentHandler implements BatchHandler {
    private final RowContents contents;
    private final RowOutputs to;

    EnrichmentHandler(RowContents contents, RowOutputs to) {
        this.contents = contents;
        this.to = to;
    }

    /** A record on its way through the batch. */
    private sealed interface Row {
        /** Goes on as it is. */
        record Passed(TokenRecord record, ProducerRecord<byte[], byte[]> output) implements Row {}

        /** Cannot be read. */
        record Refused(ConsumerRecord<byte[], byte[]> source,
                ProducerRecord<byte[], byte[]> deadLetter) implements Row {}

        /** Gets its content. */
        record Wanting(TokenRecord record) implements Row {}
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> handle(List<ConsumerRecord<byte[], byte[]>> batch) throws Exception {
        return handle(batch, () -> {});
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> handle(List<ConsumerRecord<byte[], byte[]>> batch, Runnable beginNext)
            throws Exception {
        List<Row> rows = batch.stream().map(this::row).toList();
        Iterator<Outcome> outcomes = contents.of(rows.stream()
                .<TokenRecord>mapMulti((row, wanting) -> {
                    if (row instanceof Row.Wanting(var record)) {
                        wanting.accept(record);
                    }
                }).toList(), beginNext).iterator();
        List<ProducerRecord<byte[], byte[]>> output = new ArrayList<>(rows.size());
        EnrichReceipts receipts = new EnrichReceipts();
        int refused = 0;
        for (Row row : rows) {
            switch (row) {
                case Row.Passed(var record, var passed) -> {
                    receipts.passed(record);
                    output.add(passed);
                }
                case Row.Refused(var source, var deadLetter) -> {
                    refused++;
                    receipts.unreadable(source, RefusalReason.UNREADABLE_RECORD);
                    output.add(deadLetter);
                }
                case Row.Wanting(var record) -> add(record, outcomes.next(), output, receipts);
            }
        }
        to.metrics().batch(batch.size(), refused);
        output.addAll(receipts.toRecords(to.receiptsTopic()));
        return output;
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> putAside(ConsumerRecord<byte[], byte[]> record) {
        EnrichReceipts receipts = new EnrichReceipts();
        try {
            receipts.refused(TokenRecordSerde.read(record.value()), RefusalReason.RECORD_REFUSED);
        } catch (UnreadableRecordException _) {
            receipts.unreadable(record, RefusalReason.RECORD_REFUSED);
        }
        return receipts.toRecords(to.receiptsTopic());
    }

    private Row row(ConsumerRecord<byte[], byte[]> record) {
        try {
            TokenRecord row = TokenRecordSerde.read(record.value());
            return row.change() instanceof Change.Delete || row.essentialOnly()
                    ? new Row.Passed(row, passed(record, row))
                    : new Row.Wanting(row);
        } catch (UnreadableRecordException e) {
            return new Row.Refused(record, to.unreadable(record, e));
        }
    }

    private void add(TokenRecord row, Outcome outcome, List<ProducerRecord<byte[], byte[]>> output,
            EnrichReceipts receipts) {
        to.metrics().outcome(outcome);
        switch (outcome) {
            case Outcome.Found _ -> receipts.fetched(row);
            case Outcome.Missing(var failure, _) -> receipts.failed(row, failure.reason());
        }
        switch (outcome) {
            case Outcome.Found(var content) -> output.add(to.enriched().of(row, content));
            case Outcome.Missing(var failure, var mayCome) when mayCome -> {
                output.add(to.enriched().of(row, to.enriched().pending(failure)));
                output.add(to.retries().first(new RetryRequest(row, 0)));
            }
            case Outcome.Missing(var failure, _) -> output.add(to.enriched().of(row, to.enriched().failed(failure)));
        }
    }

    /** The record as it came, byte for byte unless unverified content has to be taken off. */
    private ProducerRecord<byte[], byte[]> passed(ConsumerRecord<byte[], byte[]> record, TokenRecord row) {
        boolean bare = row.ipfsBlock() == null && row.content() instanceof Content.Absent;
        return bare ? to.enriched().of(row, record.value()) : to.enriched().of(row, Content.absent());
    }
}
