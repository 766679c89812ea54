package io.tokensync.cli.local;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.admin.Admin;

import io.tokensync.cli.terminal.ProgressLine;
import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.TopicSet;
import io.tokensync.common.retry.Retrier;
import io.tokensync.common.retry.RetryListener;
import io.tokensync.common.retry.RetryPolicy;
import io.tokensync.common.runtime.Closer;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.runtime.StopSignal;
import io.tokensync.embedded.EmbeddedKafka;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;

/** One run in one process: broker, topics, schema, stages; the progress line while it runs; everything closed at its end. */
public final class LocalRun implements AutoCloseable {
    private static final Duration REDRAW = Duration.ofMillis(500);

    private final Closer closer = new Closer();
    private final DataDirectory data;
    private final EmbeddedKafka broker;
    private final Clock clock;
    private LocalPipeline pipeline;

    private LocalRun(DataDirectory data, Clock clock) {
        this.clock = clock;
        this.data = closer.register(data);
        this.broker = closer.register(EmbeddedKafka.start(data.kafka()));
    }

    /** Takes the data directory and starts the embedded broker there. */
    public static LocalRun open(DataDirectory data, Clock clock) {
        return new LocalRun(data, clock);
    }

    /** The default settings of a run over these nodes, to be completed by the command. */
    public LocalSettings settings(Path nodes) {
        return new LocalSettings(data, broker.bootstrapServers(), nodes);
    }

    /** Clients of the embedded broker. */
    public KafkaClients kafka() {
        return new KafkaClients(KafkaSettings.at(broker.bootstrapServers()));
    }

    /**
     * Creates what is missing of topics and schema, and starts the stages. A database that is away is waited for.
     *
     * @throws SqlFailure when the database answers, and somebody has to change something first
     */
    public LocalPipeline start(StopSignal stop, LocalPlan plan) throws Exception {
        createTopics();
        try (Database database = Database.open(plan.writer().sql(), 1)) {
            patience(stop).run("migrate schema", () -> new Schema(database).migrate());
        }
        MeterRegistry registry = new SimpleMeterRegistry();
        pipeline = closer.register(LocalPipeline.start(plan, registry, clock));
        return pipeline;
    }

    /** Creates the topics that are missing. */
    public void createTopics() throws InterruptedException {
        try (Admin admin = kafka().admin("tokensync-topics")) {
            TopicSet.local(LocalSettings.PARTITIONS).create(admin);
        }
    }

    private Retrier patience(StopSignal stop) {
        return new Retrier(RetryPolicy.standard(), LocalRun::kindAtStart, new StageStatus(clock), RetryListener.NONE,
                clock, stop, RandomGenerator.getDefault());
    }

    /** At the start a wrong address or login is for the user to mend, who is there; an outage is not. */
    private static FailureKind kindAtStart(Throwable failure) {
        FailureKind kind = failure instanceof SqlFailure known ? known.kind() : FailureKind.FATAL;
        return kind == FailureKind.ENVIRONMENT ? FailureKind.FATAL : kind;
    }

    /**
     * Draws the progress line until everything is done, or the signal comes.
     *
     * @param once whether there is an end; else only the signal ends it
     * @return how long it took until everything was done; null when the signal came first
     * @throws StageFailedException when a stage has failed
     */
    public Duration follow(boolean once, StopSignal stop, PrintStream out, boolean terminal)
            throws InterruptedException {
        Instant started = clock.instant();
        ProgressLine line = new ProgressLine(out, terminal, once, clock, pipeline::progress);
        try {
            while (!stop.await(REDRAW)) {
                line.tick();
                failIfSomethingHasFailed();
                if (once && pipeline.isDone()) {
                    return Duration.between(started, clock.instant());
                }
            }
            return null;
        } finally {
            line.clear();
        }
    }

    private void failIfSomethingHasFailed() {
        if (broker.failed().isDone()) {
            throw new StageFailedException("embedded broker", broker.failed().join());
        }
        pipeline.failIfAStageHasFailed();
    }

    @Override
    public void close() {
        closer.close();
    }
}
