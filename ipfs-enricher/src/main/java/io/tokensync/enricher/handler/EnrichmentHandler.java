package io.tokensync.enricher.handler;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import io.tokensync.common.kafka.loop.BatchHandler;
import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.serde.RecordIntake;
import io.tokensync.common.serde.UnreadableRecordException;
import io.tokensync.enricher.handler.ContentLookup.Outcome;
import io.tokensync.enricher.handler.ContentLookup.Search;
import io.tokensync.enricher.retry.RetryRequest;

/**
 * Gives each row of a batch its content and hands all of them on in the order in which they came. What a record says of
 * its content already is not believed: only what hashes to its id is. A row whose content has not come in time passes
 * without, and a request to ask again is left on the topics of retries.
 */
public final class EnrichmentHandler implements BatchHandler {
    private final RecordIntake intake;
    private final ContentLookup contents;
    private final RowOutputs to;

    public EnrichmentHandler(RecordIntake intake, ContentLookup contents, RowOutputs to) {
        this.intake = intake;
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
        Output output = new Output(batch.size());
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            output.add(record);
        }
        output.search(beginNext);
        return output.toRecords();
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> deadLetter(ConsumerRecord<byte[], byte[]> record) {
        EnrichReceipts receipts = new EnrichReceipts();
        try {
            receipts.rejected(intake.read(record), RejectionReason.RECORD_REJECTED);
        } catch (UnreadableRecordException _) {
            receipts.unreadable(record, RejectionReason.RECORD_REJECTED);
        }
        return receipts.toRecords(to.receiptsTopic());
    }

    /**
     * What becomes of one batch: the records to produce, in the order of its rows, and the receipts. A row whose content is
     * searched for leaves a gap until it is found.
     */
    private final class Output {
        private final EnrichReceipts receipts = new EnrichReceipts();
        private final List<Outcome> outcomes = new ArrayList<>();
        private final List<RejectionReason> rejected = new ArrayList<>();
        private final List<Search> searches = new ArrayList<>();
        private final int rows;
        /** Null is a gap, one for each search. */
        private List<ProducerRecord<byte[], byte[]>> records;

        Output(int rows) {
            this.rows = rows;
            this.records = new ArrayList<>(rows + 1);
        }

        void add(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
            try {
                TokenRecord row = intake.read(record);
                if (row.change() instanceof Change.Delete || row.essentialOnly()) {
                    receipts.passed(row);
                    records.add(passed(record, row));
                } else {
                    Optional<Outcome> known = contents.atHand(row, searches);
                    known.ifPresentOrElse(outcome -> add(row, outcome), () -> records.add(null));
                }
            } catch (UnreadableRecordException e) {
                rejected.add(e.reason());
                receipts.unreadable(record, e.reason());
                records.add(to.unreadable(record, e));
            }
        }

        /** The record as it came, byte for byte unless unverified content has to be taken off. */
        private ProducerRecord<byte[], byte[]> passed(ConsumerRecord<byte[], byte[]> record, TokenRecord row) {
            boolean bare = row.ipfsBlock() == null && row.content() instanceof Content.Absent;
            return bare ? to.enriched(row, record.value()) : to.enriched(row, Content.absent());
        }

        private void add(TokenRecord row, Outcome outcome) {
            outcomes.add(outcome);
            switch (outcome) {
                case Outcome.Found(var content, var proof) -> {
                    receipts.fetched(row);
                    records.add(to.enriched(row, content, proof));
                }
                case Outcome.Missing(var failure, var mayCome) -> {
                    receipts.failed(row, failure.reason());
                    records.add(to.enriched(row, mayCome ? to.pending(failure) : to.failed(failure)));
                    if (mayCome) {
                        records.add(to.retries().first(new RetryRequest(row, 0)));
                    }
                }
            }
        }

        /** Fills the gaps. */
        void search(Runnable beginNext) throws InterruptedException {
            if (searches.isEmpty()) {
                return;
            }
            Iterator<Outcome> found = contents.search(searches, beginNext).iterator();
            Iterator<Search> theirs = searches.iterator();
            List<ProducerRecord<byte[], byte[]>> gaping = records;
            records = new ArrayList<>(gaping.size() + searches.size());
            for (ProducerRecord<byte[], byte[]> record : gaping) {
                if (record == null) {
                    add(theirs.next().row(), found.next());
                } else {
                    records.add(record);
                }
            }
        }

        /** All of it; a batch that is abandoned before is in no metric. */
        List<ProducerRecord<byte[], byte[]>> toRecords() {
            outcomes.forEach(to.metrics()::outcome);
            to.metrics().batch(rows, rejected);
            records.addAll(receipts.toRecords(to.receiptsTopic()));
            return records;
        }
    }
}
