package io.tokensync.scanner.publish;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** One sending of some records: all answers, or the first failure. */
final class SendAttempt {
    private final Producer<byte[], byte[]> producer;
    private final CountDownLatch answers;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    private SendAttempt(Producer<byte[], byte[]> producer, int records) {
        this.producer = producer;
        this.answers = new CountDownLatch(records);
    }

    /** Hands the records to the producer; stops at the first that it does not take, so as not to wait for each. */
    static SendAttempt start(Producer<byte[], byte[]> producer, RecordEncoder encoder,
            List<PendingRecord> pendingRecords)
            throws InterruptedException {
        SendAttempt attempt = new SendAttempt(producer, pendingRecords.size());
        for (PendingRecord pendingRecord : pendingRecords) {
            if (attempt.failure.get() != null) {
                attempt.answers.countDown();
            } else {
                attempt.send(pendingRecord, pendingRecord.record(encoder));
            }
        }
        return attempt;
    }

    /** Whether it was made with this producer. An attempt of a discarded one fails for no reason of its own. */
    boolean isOf(Producer<byte[], byte[]> other) {
        return producer.equals(other);
    }

    /** Waits for all answers, and returns whether they have come. */
    boolean await(Duration bound) throws InterruptedException {
        return answers.await(bound.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The first failure other than a record's size; null when there was none. */
    Exception failure() {
        return failure.get();
    }

    private void send(PendingRecord pendingRecord, ProducerRecord<byte[], byte[]> record) throws InterruptedException {
        try {
            var _ = producer.send(record, (_, e) -> answer(pendingRecord, e));
        } catch (InterruptException e) {
            Thread.interrupted(); // set again by the client; the exception says the same
            throw interrupted(e);
        } catch (KafkaException | IllegalStateException e) {
            answer(pendingRecord, e);
        }
    }

    private void answer(PendingRecord pendingRecord, Exception e) {
        if (!pendingRecord.complete(e)) {
            failure.compareAndSet(null, e);
        }
        answers.countDown();
    }

    private static InterruptedException interrupted(InterruptException e) {
        InterruptedException interrupted = new InterruptedException("interrupted while sending");
        interrupted.initCause(e);
        return interrupted;
    }
}
