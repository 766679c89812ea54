package io.tokensync.monitor.topology;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.kafka.KafkaFailureClassifier;
import io.tokensync.common.runtime.Service;
import io.tokensync.common.runtime.StageStatus;

/** The topology as a running thing. What passes is waited for; any other failure ends it, with nothing committed. */
public final class ReckoningService implements Service {
    private static final Logger log = LoggerFactory.getLogger(ReckoningService.class);
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(15);

    private final StreamsSettings settings;
    private final Topology topology;
    private final StageStatus status;
    private final CompletableFuture<Void> termination = new CompletableFuture<>();
    private KafkaStreams streams;

    public ReckoningService(StreamsSettings settings, Topology topology, StageStatus status) {
        this.settings = settings;
        this.topology = topology;
        this.status = status;
    }

    @Override
    public synchronized void start() {
        streams = new KafkaStreams(topology, settings.properties(directory()));
        streams.setUncaughtExceptionHandler(this::failed);
        streams.setStateListener((now, _) -> moved(now));
        streams.start();
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
    public synchronized void close() {
        if (streams != null) {
            streams.close(CLOSE_BOUND);
            streams.cleanUp();
        }
        termination.complete(null);
    }

    /** The stores are in memory; Streams wants a directory of its own all the same, for its locks. */
    private static Path directory() {
        try {
            return Files.createTempDirectory("tokensync-monitor");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory for the monitor", e);
        }
    }

    private void moved(State now) {
        switch (now) {
            case RUNNING, REBALANCING -> status.running();
            case CREATED, PENDING_SHUTDOWN, NOT_RUNNING, PENDING_ERROR, ERROR -> {
                // Told by whoever closes it, or by the failure.
            }
        }
    }

    private StreamThreadExceptionResponse failed(Throwable failure) {
        FailureKind kind = new KafkaFailureClassifier().classify(failure);
        if (kind != FailureKind.FATAL) {
            log.atWarn().setMessage("reckoning interrupted, goes on").addKeyValue("kind", kind).setCause(failure).log();
            status.waiting(kind, failure.toString());
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        log.atError().setMessage("reckoning ended, nothing of its last step is committed").setCause(failure).log();
        status.failed(failure.toString());
        termination.completeExceptionally(failure);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
}
