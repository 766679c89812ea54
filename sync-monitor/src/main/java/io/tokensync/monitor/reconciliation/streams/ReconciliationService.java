package io.tokensync.monitor.reconciliation.streams;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.kafka.Heartbeats;
import io.tokensync.common.kafka.KafkaFailureClassifier;
import io.tokensync.common.kafka.MissingRight;
import io.tokensync.common.runtime.Closer;
import io.tokensync.common.runtime.Service;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.time.Sleeper;
import io.tokensync.monitor.probe.Repeating;

/**
 * The topology as a running thing, once. A thread that fails is replaced; when the next one fails soon after, or the client
 * ends by itself, it has ended with the failure, and whoever runs it starts another one.
 */
public final class ReconciliationService implements Service {
    private static final Logger log = LoggerFactory.getLogger(ReconciliationService.class);
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(15);
    /** Two failures within this time are not a matter of one thread. */
    private static final Duration CALM = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final StreamsSettings settings;
    private final Topology topology;
    private final String receipts;
    private final Opening opening;
    private final StageStatus status;
    private final Clock clock;
    private final CompletableFuture<Void> termination = new CompletableFuture<>();
    private final Closer closer = new Closer();
    private volatile boolean silent;
    private Instant failedAt = Instant.MIN;

    /** Makes Kafka Streams' client. */
    @FunctionalInterface
    public interface Opening {
        /** With the clients that Streams makes by itself. */
        Opening PLAIN = StreamsClients::open;

        /** The client, not yet started. */
        KafkaStreams open(Topology topology, Properties properties);
    }

    /** @param status of this service alone */
    public ReconciliationService(StreamsSettings settings, MonitorTopics topics, Timeouts longestWait, Opening opening,
            StageStatus status, Clock clock) {
        this.settings = settings;
        this.topology = ReconciliationTopology.of(topics, longestWait);
        this.receipts = topics.receipts();
        this.opening = opening;
        this.status = status;
        this.clock = clock;
    }

    @Override
    public void start() {
        Path directory = directory();
        closer.register(() -> delete(directory));
        KafkaStreams streams = opening.open(topology, settings.properties(directory));
        closer.register(() -> end(streams));
        streams.setUncaughtExceptionHandler(this::failed);
        streams.setStateListener((now, _) -> moved(now));
        streams.start();
        Heartbeats heartbeats = new Heartbeats(streams::metrics, clock);
        closer.register(
                Repeating.start("watch-reconciliation", LOOK, Sleeper.system(), () -> look(streams, heartbeats)));
    }

    @Override
    public StageStatus status() {
        return status;
    }

    @Override
    public boolean alive() {
        return !termination.isCompletedExceptionally();
    }

    @Override
    public CompletableFuture<Void> termination() {
        return termination;
    }

    @Override
    public void close() {
        closer.close();
        termination.complete(null);
    }

    private static void end(KafkaStreams streams) {
        if (streams.close(CLOSE_BOUND)) {
            streams.cleanUp();
        }
    }

    /** The stores are in memory; Streams wants a directory of its own all the same, for its locks. */
    private static Path directory() {
        try {
            return Files.createTempDirectory("tokensync-monitor");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory for the monitor", e);
        }
    }

    private void delete(Path directory) {
        try {
            Files.deleteIfExists(directory.resolve(settings.group()));
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            log.atDebug().setMessage("temporary directory left behind").addKeyValue("directory", directory)
                    .setCause(e).log();
        }
    }

    private void moved(State now) {
        switch (now) {
            case RUNNING -> status.running();
            case ERROR -> ended(new StreamsException("Kafka Streams has ended by itself"));
            case CREATED, REBALANCING, PENDING_SHUTDOWN, NOT_RUNNING, PENDING_ERROR -> {
                // Told by whoever closes it, or by the failure.
            }
        }
    }

    /** Streams itself says nothing when all brokers are silent. */
    private void look(KafkaStreams streams, Heartbeats heartbeats) {
        if (heartbeats.areSilent()) {
            silent = true;
            status.waiting(FailureKind.TRANSIENT, heartbeats.complaint(settings.kafka().bootstrapServers()));
        } else if (silent && streams.state() == State.RUNNING) {
            silent = false;
            status.running();
        }
    }

    /** Called by the thread that fails. */
    private StreamThreadExceptionResponse failed(Throwable thrown) {
        return decide(MissingRight.ofStreams(thrown, receipts, settings.group()));
    }

    private synchronized StreamThreadExceptionResponse decide(Throwable failure) {
        FailureKind kind = new KafkaFailureClassifier().classify(failure);
        Instant now = clock.instant();
        boolean again = failedAt.plus(CALM).isAfter(now);
        failedAt = now;
        if (again || failure instanceof Error) {
            ended(failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        log.atWarn()
                .setMessage(
                        "reconciliation interrupted, goes on in another thread; nothing of its last step is committed")
                .addKeyValue("kind", kind).setCause(failure).log();
        status.waiting(kind, failure.toString());
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** The first failure counts. */
    private void ended(Throwable failure) {
        termination.completeExceptionally(failure);
    }
}
