package io.tokensync.enricher.handler;

import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import io.tokensync.common.kafka.ContentRetry;
import io.tokensync.common.kafka.loop.BatchHandler;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.serde.RecordIntake;
import io.tokensync.common.serde.UnreadableRecordException;
import io.tokensync.enricher.content.ContentAnswer.Failed;
import io.tokensync.enricher.handler.ContentLookup.Outcome;
import io.tokensync.enricher.retry.RetryRequest;

/**
 * Asks for the content of rows that have passed without. Content that has come is sent with its row; a request whose
 * content is still missing is left for later. An attempt in which no source could be asked does not count, so that an
 * outage, however long, makes nobody give content up.
 */
public final class RetryHandler implements BatchHandler {
    private final RecordIntake intake;
    private final ContentLookup contents;
    private final RowOutputs to;

    public RetryHandler(RecordIntake intake, ContentLookup contents, RowOutputs to) {
        this.intake = intake;
        this.contents = contents;
        this.to = to;
    }

    /** A request and the topic on which it was due. */
    private record Due(RetryRequest request, String topic) {
        TokenRecord row() {
            return request.row();
        }
    }

    @Override
    public long dueAt(ConsumerRecord<byte[], byte[]> record) {
        return to.retries().dueAt(record);
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> handle(List<ConsumerRecord<byte[], byte[]>> batch) throws Exception {
        return handle(batch, () -> {});
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> handle(List<ConsumerRecord<byte[], byte[]>> batch, Runnable beginNext)
            throws Exception {
        List<ProducerRecord<byte[], byte[]>> output = new ArrayList<>(batch.size());
        List<Due> due = new ArrayList<>(batch.size());
        EnrichReceipts receipts = new EnrichReceipts();
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            try {
                due.add(new Due(RetryRequest.of(intake.read(record), record), record.topic()));
            } catch (UnreadableRecordException e) {
                output.add(to.unreadable(record, e));
            }
        }
        List<Outcome> outcomes = contents.find(due.stream().map(Due::row).toList(), beginNext);
        for (int i = 0; i < due.size(); i++) {
            ProducerRecord<byte[], byte[]> answer = answer(due.get(i), outcomes.get(i));
            output.add(answer);
            if (ContentRetry.isOne(answer.headers())) {
                receipts.contentUpdated(due.get(i).row());
            }
        }
        output.addAll(receipts.toRecords(to.receiptsTopic()));
        return output;
    }

    private ProducerRecord<byte[], byte[]> answer(Due due, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Found(var content, var proof) -> {
                to.metrics().retried("found");
                yield to.again(due.row(), content, proof, due.request().attempts() + 1);
            }
            case Outcome.Missing(var failure, var mayCome) -> missing(due, failure, mayCome);
        };
    }

    private ProducerRecord<byte[], byte[]> missing(Due due, Failed failure, boolean mayCome) {
        int attempts = due.request().attempts() + (failure.reason().isAnswer() ? 1 : 0);
        if (!mayCome) {
            to.metrics().retried("failed");
            return to.again(due.row(), to.failed(failure), null, attempts);
        }
        if (to.retries().isGivenUpAfter(attempts)) {
            to.metrics().retried("given_up");
            Failed last = new Failed(failure.reason(), "given up after " + attempts + " attempts: " + failure.detail());
            return to.again(due.row(), to.failed(last), null, attempts);
        }
        to.metrics().retried("missing");
        return to.retries().next(due.topic(), new RetryRequest(due.row(), attempts));
    }
}
