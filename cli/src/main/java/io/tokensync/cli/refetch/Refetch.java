package io.tokensync.cli.refetch;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.enricher.retry.RetryRequest;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.jdbc.StoredRows;

/** Reads rows from the table and leaves a request for each, due at once, on the first topic of retries. */
final class Refetch {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final StoredRows rows;
    private final Clock clock;

    /**
     * Rows of a run.
     *
     * @param chosen that requests are for
     * @param leftOut that cannot be asked for, because the table holds them otherwise than they were written
     */
    record Counts(long chosen, long leftOut) {
        Counts plus(StoredRows.Page page) {
            return new Counts(chosen + page.records().size(), leftOut + page.unlike());
        }
    }

    /** Where the records of a page go. */
    private interface Destination {
        void send(List<TokenRecord> records) throws InterruptedException;
    }

    Refetch(StoredRows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /** Only counts. */
    Counts count() throws SqlFailure, InterruptedException {
        return forEachPage(_ -> {});
    }

    /** Publishes the requests. Each page is acknowledged by the brokers before the next one is read. */
    Counts publish(KafkaClients kafka, String topic) throws SqlFailure, InterruptedException {
        try (Producer<byte[], byte[]> producer = kafka.producer("tokensync-refetch", LONGEST_WAIT)) {
            return forEachPage(records -> publish(records, producer, topic));
        }
    }

    private void publish(List<TokenRecord> records, Producer<byte[], byte[]> producer, String topic)
            throws InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
        for (TokenRecord record : records) {
            sent.add(producer.send(new RetryRequest(record, 0).toRecord(topic, clock.millis())));
        }
        producer.flush();
        for (Future<RecordMetadata> future : sent) {
            try {
                future.get();
            } catch (ExecutionException e) {
                throw new KafkaException("the brokers have not taken the requests", e.getCause());
            }
        }
    }

    private Counts forEachPage(Destination destination) throws SqlFailure, InterruptedException {
        Counts counts = new Counts(0, 0);
        StoredRows.Page page = rows.after(0);
        while (!page.isEmpty()) {
            destination.send(page.records());
            counts = counts.plus(page);
            page = rows.after(page.last());
        }
        return counts;
    }
}
