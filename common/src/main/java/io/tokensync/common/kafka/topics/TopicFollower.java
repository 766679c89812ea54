package io.tokensync.common.kafka.topics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.kafka.Heartbeats;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.MissingRight;
import io.tokensync.common.retry.Retrier;
import io.tokensync.common.runtime.Service;
import io.tokensync.common.runtime.StageStatus;

/**
 * Reads a topic from its beginning, or from shortly before its end, and goes on with it as long as it runs; without a group, so
 * that everybody who follows sees everything. After a failure that passes it begins there again: only for readers to whom a record
 * that comes twice is none.
 */
public final class TopicFollower implements Service {
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(10);
    /** Between two questions how far the topic goes. */
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final KafkaClients clients;
    private final String topic;
    private final java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader;
    private final Retrier retrier;
    private final StageStatus status;
    private final Clock clock;
    private final long newest;
    private final CompletableFuture<Void> termination = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean caughtUp;
    private volatile Instant asOf;
    private Ends asked;
    private Instant answeredAt;
    private volatile Consumer<byte[], byte[]> consumer;

    /** How far the topic went at a time. */
    private record Ends(Instant at, Map<TopicPartition, Long> offsets) {}

    /**
     * @param reader called by one thread, in offset order within a partition
     * @param retrier waits after failures
     * @param status notified of them
     */
    public TopicFollower(KafkaClients clients, String topic,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader, Retrier retrier, StageStatus status,
            Clock clock) {
        this(clients, topic, reader, retrier, status, clock, Long.MAX_VALUE);
    }

    /**
     * As above, from where each partition has so many offsets left before its end.
     *
     * @param newest offsets of a partition; records among them may be fewer
     */
    public TopicFollower(KafkaClients clients, String topic,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader, Retrier retrier, StageStatus status,
            Clock clock, long newest) {
        this.newest = newest;
        this.clients = clients;
        this.topic = topic;
        this.reader = reader;
        this.retrier = retrier;
        this.status = status;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("follow-" + topic).unstarted(this::run);
    }

    @Override
    public void start() {
        thread.start();
    }

    /** Whether everything that the topic held at the start has been read. */
    public boolean caughtUp() {
        return caughtUp;
    }

    /** Until when everything that the topic held has been read; empty while nothing is known. */
    public Optional<Instant> asOf() {
        return Optional.ofNullable(asOf);
    }

    @Override
    public StageStatus status() {
        return status;
    }

    @Override
    public boolean alive() {
        return !termination.isDone();
    }

    @Override
    public CompletableFuture<Void> termination() {
        return termination;
    }

    @Override
    public void close() {
        closing = true;
        Consumer<byte[], byte[]> current = consumer;
        if (current == null) {
            thread.interrupt(); // it waits after a failure, or has not begun
        } else {
            current.wakeup();
        }
        join();
        termination.complete(null);
    }

    private void join() {
        try {
            thread.join(CLOSE_BOUND);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing) {
                followUntilInterrupted();
            }
            termination.complete(null);
        } catch (Throwable e) { // errors of the JVM too: whoever waits must hear of it
            end(e);
        }
    }

    private void followUntilInterrupted() throws Exception {
        try {
            retrier.run("follow " + topic, () -> {
                follow();
                return null;
            });
        } catch (InterruptedException | WakeupException _) {
            // Closed, or somebody's mistake, which must not end it.
        }
    }

    private void end(Throwable failure) {
        if (closing) {
            termination.complete(null);
        } else {
            status.failed(failure.toString());
            termination.completeExceptionally(failure);
        }
    }

    private void follow() {
        if (closing) {
            return; // it failed while it was being closed: nobody waits for another attempt
        }
        try (Consumer<byte[], byte[]> opened = clients.reader()) {
            consumer = opened;
            List<TopicPartition> partitions = opened.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition())).toList();
            if (partitions.isEmpty()) {
                throw new UnknownTopicOrPartitionException(
                        "there is no topic " + topic + "; " + TopicSet.HOW_TO_CREATE);
            }
            opened.assign(partitions);
            opened.seekToBeginning(partitions);
            asked = new Ends(clock.instant(), opened.endOffsets(partitions));
            leaveOutOld(opened, asked.offsets());
            answeredAt = asked.at();
            status.running();
            while (!closing) {
                opened.poll(POLL).forEach(reader);
                look(opened, partitions);
            }
        } catch (WakeupException e) {
            if (!closing) {
                throw e;
            }
        } catch (AuthorizationException e) {
            throw MissingRight.ofConsumer(e);
        } finally {
            consumer = null;
        }
    }

    private void leaveOutOld(Consumer<byte[], byte[]> opened, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> starts = newest == Long.MAX_VALUE ? Map.of() : opened.beginningOffsets(ends.keySet());
        starts.forEach((partition, start) -> opened.seek(partition, Math.max(start, ends.get(partition) - newest)));
    }

    /** A consumer without a group says nothing when all brokers are silent, so it is asked how far the topic goes. */
    private void look(Consumer<byte[], byte[]> opened, List<TopicPartition> partitions) {
        if (asked != null && TopicReader.isAt(opened, asked.offsets())) {
            caughtUp = true;
            asOf = asked.at();
            asked = null;
        }
        Instant now = clock.instant();
        if (now.isBefore(answeredAt.plus(LOOK))) {
            return;
        }
        try {
            Map<TopicPartition, Long> ends = opened.endOffsets(partitions, ANSWER);
            asked = asked == null ? new Ends(now, ends) : asked;
            answeredAt = now;
            status.running();
        } catch (TimeoutException _) {
            if (answeredAt.plus(Heartbeats.SILENCE).isBefore(clock.instant())) {
                status.waiting(FailureKind.TRANSIENT, Heartbeats.silence(clients.bootstrapServers()));
            }
        }
    }
}
