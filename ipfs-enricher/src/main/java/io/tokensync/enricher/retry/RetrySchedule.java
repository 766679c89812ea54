package io.tokensync.enricher.retry;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import io.tokensync.common.kafka.topics.Topics;

/**
 * When and on which topic a request waits. The delays of the steps grow by the same factor from the first to the longest;
 * each request gets up to a tenth more, so that what was missed at one moment is not asked for at one moment.
 */
public final class RetrySchedule {
    private static final double JITTER = 0.1;

    private final String name;
    private final RetrySettings settings;
    private final Clock clock;
    private final RandomGenerator random;

    /** @param name first part of the topics' names */
    public RetrySchedule(String name, RetrySettings settings, Clock clock, RandomGenerator random) {
        this.name = name;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    /** The topics, by step. */
    public List<String> topics() {
        return IntStream.rangeClosed(1, Topics.CONTENT_RETRY_STEPS).mapToObj(step -> Topics.contentRetry(name, step))
                .toList();
    }

    /** The request when the row has just passed without content. */
    public ProducerRecord<byte[], byte[]> first(RetryRequest request) {
        return at(1, request);
    }

    /** The request when it was due on this topic and there was no content again. */
    public ProducerRecord<byte[], byte[]> next(String topic, RetryRequest request) {
        int step = topics().indexOf(topic) + 1;
        return at(Math.min(step + 1, Topics.CONTENT_RETRY_STEPS), request);
    }

    /**
     * When a request is due, in milliseconds since the epoch: never later than the longest delay behind the broker's time,
     * whatever its header says, for those behind it in its partition wait too.
     */
    public long dueAt(ConsumerRecord<byte[], byte[]> record) {
        long due = RetryRequest.dueAt(record);
        if (record.timestamp() < 0) {
            return due;
        }
        long longest = Math.round(settings.longestDelay().toMillis() * (1 + JITTER));
        return Math.min(due, Math.min(record.timestamp(), clock.millis()) + longest);
    }

    /** Whether so many attempts are enough. */
    public boolean isGivenUpAfter(int attempts) {
        return attempts >= settings.giveUp();
    }

    /** Without jitter. */
    Duration delay(int step) {
        double first = settings.firstDelay().toMillis();
        double factor = settings.longestDelay().toMillis() / first;
        return Duration.ofMillis(Math.round(first * Math.pow(factor, (step - 1.0) / (Topics.CONTENT_RETRY_STEPS - 1))));
    }

    private ProducerRecord<byte[], byte[]> at(int step, RetryRequest request) {
        double delay = delay(step).toMillis() * (1 + JITTER * random.nextDouble());
        return request.toRecord(Topics.contentRetry(name, step), clock.millis() + Math.round(delay));
    }
}
