package io.tokensync.writer.handler;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import io.tokensync.common.kafka.deadletter.DeadLetter;
import io.tokensync.common.kafka.loop.BatchHandler;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.serde.ReceiptSerde;
import io.tokensync.common.serde.RecordIntake;
import io.tokensync.common.serde.UnreadableRecordException;
import io.tokensync.writer.batch.BatchWriter;
import io.tokensync.writer.batch.Received;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.batch.TokenBatch;
import io.tokensync.writer.batch.WriteOutcome;
import io.tokensync.writer.batch.WriteOutcome.Rejected;

/**
 * Writes a batch of records and returns the dead letters of those that cannot be: unreadable ones, ones that the columns
 * cannot hold, and ones that the database rejects; and the receipts of all. When it returns, the rest is in the table.
 */
public final class WriteHandler implements BatchHandler {
    private static final String STAGE = "writer";

    private final RecordIntake intake;
    private final BatchWriter writer;
    private final String deadLetterTopic;
    private final String receiptsTopic;
    private final WriterMetrics metrics;

    public WriteHandler(RecordIntake intake, BatchWriter writer, String deadLetterTopic, String receiptsTopic,
            WriterMetrics metrics) {
        this.intake = intake;
        this.writer = writer;
        this.deadLetterTopic = deadLetterTopic;
        this.receiptsTopic = receiptsTopic;
        this.metrics = metrics;
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> handle(List<ConsumerRecord<byte[], byte[]>> batch)
            throws SqlFailure, InterruptedException {
        metrics.began(batch.stream().mapToLong(ConsumerRecord::timestamp).min().orElseThrow());
        try {
            return write(batch);
        } finally {
            metrics.left();
        }
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> deadLetter(ConsumerRecord<byte[], byte[]> record) {
        WriteReceipts receipts = new WriteReceipts();
        try {
            Received received = new Received(intake.read(record), record);
            receipts.read(received, received.origin());
            receipts.rejected(received.origin(), RejectionReason.RECORD_REJECTED);
        } catch (UnreadableRecordException _) {
            receipts.unreadable(record, RejectionReason.RECORD_REJECTED);
        }
        return records(receipts, WriteOutcome.NOTHING);
    }

    private List<ProducerRecord<byte[], byte[]>> write(List<ConsumerRecord<byte[], byte[]>> batch)
            throws SqlFailure, InterruptedException {
        WriteReceipts receipts = new WriteReceipts();
        List<ProducerRecord<byte[], byte[]>> output = new ArrayList<>();
        TokenBatch merged = TokenBatch.of(readable(batch, output, receipts));
        WriteOutcome outcome = writer.write(merged);
        for (Rejected rejected : outcome.rejected()) {
            receipts.rejected(rejected.received().origin(), RejectionReason.SQL_REJECTED);
            output.add(deadLetter(rejected));
        }
        metrics.ended(batch.size(), bytes(batch), outcome.counts(), output.size());
        output.addAll(records(receipts, outcome));
        return output;
    }

    private List<ProducerRecord<byte[], byte[]>> records(WriteReceipts receipts, WriteOutcome outcome) {
        return ReceiptSerde.toRecords(receiptsTopic, receipts.of(outcome));
    }

    private List<Received> readable(List<ConsumerRecord<byte[], byte[]>> batch,
            List<ProducerRecord<byte[], byte[]>> dead, WriteReceipts receipts) {
        List<Received> readable = new ArrayList<>(batch.size());
        for (ConsumerRecord<byte[], byte[]> source : batch) {
            try {
                Received received = received(source);
                receipts.read(received, received.origin());
                Optional<ColumnCheck.Violation> violation = ColumnCheck.check(received.record());
                if (violation.isEmpty()) {
                    readable.add(received);
                } else {
                    receipts.rejected(received.origin(), violation.get().reason());
                    dead.add(deadLetter(violation.get().reason(), violation.get().detail(), source));
                }
            } catch (UnreadableRecordException e) {
                receipts.unreadable(source, e.reason());
                dead.add(deadLetter(e.reason(), e.getMessage(), source));
            }
        }
        return readable;
    }

    /** Content that the record does not prove is not taken over; the row is. */
    private Received received(ConsumerRecord<byte[], byte[]> source) throws UnreadableRecordException {
        TokenRecord record = intake.read(source);
        if (ContentProof.holds(record)) {
            return new Received(record, source);
        }
        metrics.unproven();
        return new Received(record.withContent(ContentProof.unproven(source.timestamp())), source);
    }

    private ProducerRecord<byte[], byte[]> deadLetter(Rejected rejected) {
        SqlFailure cause = rejected.cause();
        ProducerRecord<byte[], byte[]> deadLetter = deadLetter(RejectionReason.SQL_REJECTED, cause.getMessage(),
                rejected.received().source());
        addHeader(deadLetter, "sql_number", Integer.toString(cause.number()));
        addHeader(deadLetter, "sql_state", cause.sqlState());
        addHeader(deadLetter, "sql_column", cause.column().orElse(null));
        addHeader(deadLetter, "sql_constraint", cause.constraint().orElse(null));
        return deadLetter;
    }

    private ProducerRecord<byte[], byte[]> deadLetter(RejectionReason reason, String detail,
            ConsumerRecord<byte[], byte[]> source) {
        metrics.deadLettered(reason);
        return DeadLetter.of(STAGE, reason, detail, source).toRecord(deadLetterTopic);
    }

    /** A record that was rejected before has the headers of its last dead letter. */
    private static void addHeader(ProducerRecord<byte[], byte[]> deadLetter, String name, String value) {
        deadLetter.headers().remove(name);
        if (value != null) {
            deadLetter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static long bytes(List<ConsumerRecord<byte[], byte[]>> batch) {
        return batch.stream().mapToLong(r -> Math.max(0, r.serializedKeySize()) + Math.max(0, r.serializedValueSize()))
                .sum();
    }
}
