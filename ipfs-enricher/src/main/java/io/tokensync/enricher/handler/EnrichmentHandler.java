package io.tokensync.enricher.handler;

import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import io.tokensync.common.kafka.loop.BatchHandler;
import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.serde.UnreadableRecordException;
import io.tokensync.enricher.handler.ContentLookup.AtHand.Search;

/**
 * Gives each row of a batch its content and hands all of them on in the order in which they came. What a record says of
 * its content already is not believed: only what hashes to its id is. A row whose content has not come in time passes
 * without, and a request to ask again is left on the topics of retries.
 */
public final class EnrichmentHandler implements BatchHandler {
    private final RowContents contents;
    private final RowOutputs to;

    public EnrichmentHandler(RowContents contents, RowOutputs to) {
        this.contents = contents;
        this.to = to;
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> handle(List<ConsumerRecord<byte[], byte[]>> batch) throws Exception {
        return handle(batch, () -> {});
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> handle(List<ConsumerRecord<byte[], byte[]>> batch, Runnable beginNext)
            throws Exception {
        BatchOutput output = new BatchOutput(to, batch.size());
        List<Search> open = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            handle(record, output, open);
        }
        if (!open.isEmpty()) {
            output.fill(contents.search(open, beginNext));
        }
        return output.toRecords();
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> deadLetter(ConsumerRecord<byte[], byte[]> record) {
        EnrichReceipts receipts = new EnrichReceipts();
        try {
            receipts.rejected(to.intake().read(record), RejectionReason.RECORD_REJECTED);
        } catch (UnreadableRecordException _) {
            receipts.unreadable(record, RejectionReason.RECORD_REJECTED);
        }
        return receipts.toRecords(to.receiptsTopic());
    }

    private void handle(ConsumerRecord<byte[], byte[]> record, BatchOutput output, List<Search> open)
            throws InterruptedException {
        TokenRecord row;
        try {
            row = to.intake().read(record);
        } catch (UnreadableRecordException e) {
            output.rejected(record, e);
            return;
        }
        if (row.change() instanceof Change.Delete || row.essentialOnly()) {
            output.passed(row, passed(record, row));
        } else {
            contents.atHand(row, open).ifPresentOrElse(outcome -> output.known(row, outcome),
                    () -> output.searched(row));
        }
    }

    /** The record as it came, byte for byte unless unverified content has to be taken off. */
    private ProducerRecord<byte[], byte[]> passed(ConsumerRecord<byte[], byte[]> record, TokenRecord row) {
        boolean bare = row.ipfsBlock() == null && row.content() instanceof Content.Absent;
        return bare ? to.enriched().of(row, record.value()) : to.enriched().of(row, Content.absent());
    }
}
