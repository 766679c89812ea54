package io.tokensync.writer.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import io.tokensync.common.kafka.deadletter.DeadLetter;
import io.tokensync.common.kafka.loop.BatchHandler;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.serde.SessionSummarySerde;
import io.tokensync.common.serde.UnreadableRecordException;
import io.tokensync.common.session.SessionSummary;
import io.tokensync.common.session.SessionSummaryCheck;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.expiry.Expiry;

/**
 * Writes the session summaries of a batch and returns the dead letters of those that cannot be. A key without a value,
 * which ends a session summary on the topic, leaves its row as it is: the table remembers longer than the topic.
 */
public final class SessionSink implements BatchHandler {
    private final SessionWriter writer;
    private final List<Expiry> expiries;
    private final DueLooks looks = new DueLooks();
    private final String stage;
    private final String deadLetterTopic;

    /**
     * @param expiries what is deleted now and then behind a batch
     * @param stage the name in dead letters
     */
    public SessionSink(SessionWriter writer, List<Expiry> expiries, String stage, String deadLetterTopic) {
        this.writer = writer;
        this.expiries = List.copyOf(expiries);
        this.stage = stage;
        this.deadLetterTopic = deadLetterTopic;
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> handle(List<ConsumerRecord<byte[], byte[]>> records)
            throws SqlFailure, InterruptedException {
        List<SessionSummary> summaries = new ArrayList<>();
        List<ProducerRecord<byte[], byte[]>> dead = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.value() != null) {
                read(record, summaries, dead);
            }
        }
        SessionBatch batch = looks.of(SessionBatch.of(summaries));
        if (!batch.isEmpty()) {
            writer.write(batch);
            looks.written(batch.agents());
            for (Expiry expiry : expiries) {
                expiry.look();
            }
        }
        return dead;
    }

    private void read(ConsumerRecord<byte[], byte[]> record, List<SessionSummary> summaries,
            List<ProducerRecord<byte[], byte[]>> dead) {
        try {
            SessionSummary summary = SessionSummarySerde.read(record.value());
            Optional<String> violation = SessionSummaryCheck.problem(summary);
            if (violation.isEmpty()) {
                summaries.add(summary);
            } else {
                dead.add(deadLetter(RejectionReason.UNREADABLE_RECORD, violation.get(), record));
            }
        } catch (UnreadableRecordException e) {
            dead.add(deadLetter(RejectionReason.UNREADABLE_RECORD, e.getMessage(), record));
        }
    }

    private ProducerRecord<byte[], byte[]> deadLetter(RejectionReason reason, String detail,
            ConsumerRecord<byte[], byte[]> record) {
        return DeadLetter.of(stage, reason, detail, record).toRecord(deadLetterTopic);
    }
}
