package io.tokensync.enricher.handler;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.serde.RecordIntake;
import io.tokensync.enricher.content.AttachedSource;
import io.tokensync.enricher.content.ContentSource;
import io.tokensync.enricher.content.FakeSource;
import io.tokensync.enricher.content.TestMetrics;
import io.tokensync.enricher.content.VerifyingSource;
import io.tokensync.enricher.retry.RetrySchedule;
import io.tokensync.enricher.retry.RetrySettings;
import io.tokensync.enricher.rubix.Interpretation;

/** Handlers over a source in memory and a clock that stands still. */
public final class HandlerFixture implements AutoCloseable {
    public static final long NOW = 1_700_000_000_000L;
    public static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    public static final Duration IMPATIENCE = Duration.ofMillis(50);
    /** Most searches at a time. */
    public static final int SEARCHES = 100;

    private static final int CHARACTERS = 50_000;
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);

    public final TestMetrics metrics = new TestMetrics();
    public final FakeSource source = new FakeSource();
    public final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** The handler of rows. */
    public EnrichmentHandler rows(Optional<ContentSource> elsewhere, Duration longestWait) {
        return new EnrichmentHandler(new RecordIntake(CLOCK), contents(elsewhere, longestWait),
                outputs(RetrySettings.standard()));
    }

    /** The handler of rows over {@link #source}. */
    public EnrichmentHandler rows() {
        return rows(Optional.of(source), LONGEST_WAIT);
    }

    /** The handler of retries over {@link #source}. */
    public RetryHandler retries(RetrySettings settings) {
        return new RetryHandler(new RecordIntake(CLOCK), contents(Optional.of(source), LONGEST_WAIT),
                outputs(settings));
    }

    /** What the handler of rows makes of one. */
    public TokenRecord handled(TokenRecord record) throws Exception {
        return Records.read(rows().handle(batch(record)).getFirst());
    }

    /** What the handler of rows finds out for one. */
    public Content content(TokenRecord record) throws Exception {
        return handled(record).content();
    }

    public static List<ConsumerRecord<byte[], byte[]>> batch(TokenRecord... records) {
        List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
        for (TokenRecord record : records) {
            batch.add(Records.consumed(batch.size(), record));
        }
        return batch;
    }

    public static Content fetched(String text, String from) {
        return new Content.Fetched(Content.Fetched.READING, text, from, null, Interpretation.of(text).orElse(null));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }

    /** The record as whoever reads its topic gets it. */
    public static ConsumerRecord<byte[], byte[]> asConsumed(ProducerRecord<byte[], byte[]> sent) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
        sent.headers().forEach(record.headers()::add);
        return record;
    }

    private ContentLookup contents(Optional<ContentSource> elsewhere, Duration longestWait) {
        ContentSource attached = new VerifyingSource(new AttachedSource(),
                metrics.metrics().counter(MetricNames.ENRICHER_VERIFICATION_FAILURES, "attached"));
        return new ContentLookup(CHARACTERS, attached, elsewhere, threads, longestWait, SEARCHES);
    }

    private RowOutputs outputs(RetrySettings settings) {
        return new RowOutputs(CLOCK, new RetrySchedule("retry", settings, CLOCK, new Random(1)), "enriched", "dead",
                "receipts", new EnricherMetrics(metrics.metrics()));
    }
}
