package io.tokensync.standalone.run;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.admin.Admin;

import io.tokensync.common.address.JdbcUrl;
import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.topics.TopicSet;
import io.tokensync.common.retry.Delay;
import io.tokensync.common.retry.Retrier;
import io.tokensync.common.retry.RetryListener;
import io.tokensync.common.retry.RetryPolicy;
import io.tokensync.common.runtime.Closer;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.runtime.StopSignal;
import io.tokensync.standalone.data.DataDirectory;
import io.tokensync.standalone.data.LocalBroker;
import io.tokensync.standalone.data.jdbc.EmbeddedDatabase;
import io.tokensync.standalone.run.WaitMessages.Wait;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;

/** One run in one process: broker, topics, schema, stages; everything closed at its end. */
public final class LocalRun implements AutoCloseable {
    private final Closer closer = new Closer();
    private final DataDirectory data;
    private final LocalBroker broker;
    private final EmbeddedDatabase database;
    private final Clock clock;
    private final PrintStream out;
    private LocalPipeline pipeline;

    private LocalRun(DataDirectory data, Clock clock, PrintStream out) {
        this.clock = clock;
        this.out = out;
        this.data = data;
        this.database = EmbeddedDatabase.of(data.root());
        out.println("starting the embedded broker in " + data.root());
        this.broker = closer.register(LocalBroker.start(data)).shared();
    }

    /** Starts the embedded broker in the data directory, which stays the caller's; {@code out} is notified of each step. */
    public static LocalRun open(DataDirectory data, Clock clock, PrintStream out) {
        return new LocalRun(data, clock, out);
    }

    /** How to reach the embedded broker. */
    public KafkaSettings kafka() {
        return broker.settings();
    }

    /**
     * Creates what is missing of topics and schema, and starts the stages. A database that is away is waited for.
     *
     * @param waits says so, and gives up when it takes too long
     * @throws SqlFailure when the database answers, and somebody has to change something first
     */
    public LocalPipeline start(StopSignal stop, LocalPlan plan, WaitMessages waits) throws Exception {
        try (Admin admin = new KafkaClients(broker.settings()).admin("tokensync-topics")) {
            createTopics(admin);
        }
        database.earlier().ifPresent(out::println);
        prepareTables(stop, plan.writer().sql(), waits);
        MeterRegistry registry = new SimpleMeterRegistry();
        pipeline = closer.register(LocalPipeline.start(plan, data.root(), registry, clock));
        return pipeline;
    }

    /** Creates the topics that are missing. */
    public static void createTopics(Admin admin) throws InterruptedException {
        TopicSet.local(LocalSettings.PARTITIONS).create(admin);
    }

    private void prepareTables(StopSignal stop, SqlSettings writer, WaitMessages waits) throws Exception {
        boolean embedded = writer.url().equals(database.settings().url());
        String name = embedded ? "the embedded database" : "the database at " + JdbcUrl.parse(writer.url()).base();
        out.println("preparing the tables of " + name);
        try (Database target = Database.open(writer.unhurried(), 1)) {
            retrier(stop, name, waits).run("migrate schema", () -> new Schema(target).migrate());
        }
        waits.news(List.of()).forEach(out::println);
    }

    private Retrier retrier(StopSignal stop, String name, WaitMessages waits) {
        Instant started = clock.instant();
        RetryListener said = (_, failure, _) -> waits.news(List.of(new Wait(name, started, failure.getMessage())))
                .forEach(out::println);
        Delay pause = (_, _, wait) -> stop.sleep(waits.withinBound(wait));
        return new Retrier(RetryPolicy.standard(), LocalRun::kindAtStart, new StageStatus(clock), said, clock, pause,
                RandomGenerator.getDefault());
    }

    /** At the start a wrong address or login is for the user to repair, who is there; an outage is not. */
    private static FailureKind kindAtStart(Throwable failure) {
        FailureKind kind = failure instanceof SqlFailure known ? known.kind() : FailureKind.FATAL;
        return kind == FailureKind.ENVIRONMENT ? FailureKind.FATAL : kind;
    }

    /** What was done until a signal came, and where the reports of its sessions are. */
    public List<String> stopped() {
        return Stream.concat(StopReport.lines(pipeline.counters(), pipeline.inFlight()).stream(), reports().stream())
                .toList();
    }

    /** Writes a report of each session of this run, and says where. */
    public List<String> reports() {
        return new SessionReports(data.reports()).write(pipeline.sessionReports());
    }

    /**
     * Throws when the broker or a stage has ended by itself.
     *
     * @throws StageFailedException with which one, and why
     */
    public void failIfSomethingHasFailed() {
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
