package io.tokensync.scanner.publish;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import org.apache.kafka.clients.producer.Producer;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.kafka.MissingRight;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.retry.Retrier;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.serde.ReceiptSerde;

/**
 * Publishes with an idempotent producer. A batch that fails in part is sent again in that part, with a new producer, until
 * it is acknowledged: the retrier decides how long to wait, and which failures waiting does not repair.
 */
public final class KafkaTokenPublisher implements TokenPublisher {
    /** A broker that is silent for so long is worth telling; the batch is not given up. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Retrier retrier;
    private final StageStatus status;
    private final PublishTopics topics;
    private final ExecutorService sender = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().name("scanner-send").daemon().factory());
    private Producer<byte[], byte[]> producer;

    /**
     * @param producers makes the producer, again after a failure; its own failures are waited for like the broker's
     * @param retrier waits between attempts
     * @param status told while the broker is silent
     * @param topics where to
     */
    public KafkaTokenPublisher(Supplier<Producer<byte[], byte[]>> producers, Retrier retrier, StageStatus status,
            PublishTopics topics) {
        this.producers = producers;
        this.retrier = retrier;
        this.status = status;
        this.topics = topics;
    }

    /** Encodes and sends on another thread: the next rows are read and compared meanwhile. */
    @Override
    public SendFuture publish(Batch batch) {
        Producer<byte[], byte[]> current = producer;
        Future<Sending> sending = sender.submit(() -> {
            List<PendingRecord> pendingRecords = pendingRecords(batch);
            return new Sending(pendingRecords, sendAhead(current, pendingRecords));
        });
        return () -> {
            Sending ready = handedOver(sending);
            return await(ready.pendingRecords, ready.first);
        };
    }

    @Override
    public void close() {
        sender.shutdownNow();
        discard(producer);
        producer = null;
        sender.close();
    }

    /** The records of a batch, and their first sending. */
    private record Sending(List<PendingRecord> pendingRecords, SendAttempt first) {}

    private static List<PendingRecord> pendingRecords(Batch batch) {
        List<PendingRecord> pendingRecords = new ArrayList<>(
                batch.records().size() + batch.rejected().size() + batch.receipts().size() + batch.digests().size());
        batch.records().forEach(record -> pendingRecords.add(PendingRecord.of(record)));
        batch.rejected().forEach(row -> pendingRecords.add(PendingRecord.of(row)));
        ReceiptSerde.fitting(batch.receipts()).forEach(receipt -> pendingRecords.add(PendingRecord.of(receipt)));
        batch.digests().forEach(digest -> pendingRecords.add(PendingRecord.of(digest)));
        return pendingRecords;
    }

    private static Sending handedOver(Future<Sending> sending) throws InterruptedException {
        try {
            return sending.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case InterruptedException interrupted -> throw interrupted;
                case RuntimeException failure -> throw failure;
                default -> throw new IllegalStateException("sending failed", e.getCause());
            }
        }
    }

    private List<TokenRecord> await(List<PendingRecord> pendingRecords, SendAttempt first) throws InterruptedException {
        List<TokenRecord> tooLarge = new ArrayList<>();
        SendAttempt attempt = first;
        List<PendingRecord> rest = pendingRecords;
        while (!rest.isEmpty()) {
            rest = deliver(rest, attempt);
            rest = slimmed(rest, tooLarge);
            attempt = rest.isEmpty() ? null : sendAhead(producer, rest);
        }
        return tooLarge;
    }

    /** Waits for everything except what is too large, which it returns. */
    private List<PendingRecord> deliver(List<PendingRecord> pendingRecords, SendAttempt attempt)
            throws InterruptedException {
        SendAttempt[] current = {attempt};
        try {
            return retrier.run("publish", () -> {
                List<PendingRecord> open = pendingRecords.stream().filter(PendingRecord::isOpen).toList();
                SendAttempt running = current[0] != null && current[0].isOf(producer) ? current[0] : send(open);
                current[0] = null;
                awaitAnswers(running);
                Exception failure = running.failure();
                if (failure != null) {
                    renewProducer();
                    throw failure instanceof RuntimeException e ? MissingRight.ofProducer(e, Set.of(), "") : failure;
                }
                return pendingRecords.stream().filter(PendingRecord::isTooLarge).toList();
            });
        } catch (InterruptedException | RuntimeException e) {
            throw unrepaired(e);
        } catch (Exception e) {
            throw new PublishFailedException("publishing failed: " + e.getMessage(), e);
        }
    }

    private void awaitAnswers(SendAttempt attempt) throws InterruptedException {
        boolean silent = false;
        while (!attempt.await(SILENCE)) {
            silent = true;
            status.waiting(FailureKind.TRANSIENT, "the Kafka broker has acknowledged nothing for " + SILENCE.toSeconds()
                    + " s; nothing is skipped, waiting for it");
        }
        if (silent && attempt.failure() == null) {
            status.running();
        }
    }

    /** Takes the block off records that are too large; those without one are given up. */
    private static List<PendingRecord> slimmed(List<PendingRecord> tooLarge, List<TokenRecord> givenUp) {
        List<PendingRecord> again = new ArrayList<>();
        for (PendingRecord pendingRecord : tooLarge) {
            if (pendingRecord.token() == null) {
                throw new PublishFailedException(
                        "the broker rejects a dead letter, a receipt or a digest for its size: raise"
                                + " max.message.bytes of the topics of all three",
                        null);
            }
            if (pendingRecord.token().ipfsBlock() == null) {
                givenUp.add(pendingRecord.token());
            } else {
                again.add(PendingRecord.of(pendingRecord.token().withContent(pendingRecord.token().content())));
            }
        }
        return again;
    }

    /**
     * Sends when there is a producer. Making one fails while the broker's name cannot be resolved, so it is left to the
     * retrier, when the batch is awaited; null then.
     */
    private SendAttempt sendAhead(Producer<byte[], byte[]> current, List<PendingRecord> pendingRecords)
            throws InterruptedException {
        return current == null ? null : SendAttempt.start(current, new RecordEncoder(topics), pendingRecords);
    }

    private SendAttempt send(List<PendingRecord> pendingRecords) throws InterruptedException {
        if (producer == null) {
            producer = producers.get();
        }
        return SendAttempt.start(producer, new RecordEncoder(topics), pendingRecords);
    }

    private void renewProducer() {
        discard(producer);
        producer = null;
    }

    private static RuntimeException unrepaired(Exception e) throws InterruptedException {
        if (e instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        return e instanceof PublishFailedException known
                ? known
                : new PublishFailedException("publishing failed: " + e.getMessage(), e);
    }

    private static void discard(Producer<byte[], byte[]> producer) {
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
    }
}
