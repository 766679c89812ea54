package io.tokensync.writer;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.failure.FailureClassifier;
import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.loop.PollLoop;
import io.tokensync.common.kafka.loop.PollLoopConfig;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.retry.Delay;
import io.tokensync.common.retry.Retrier;
import io.tokensync.common.retry.RetryPolicy;
import io.tokensync.common.runtime.Closer;
import io.tokensync.common.runtime.Restarts;
import io.tokensync.common.runtime.Service;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.runtime.Supervised;
import io.tokensync.common.runtime.Supervised.Failing;
import io.tokensync.common.runtime.Supervisor;
import io.tokensync.common.runtime.Supervisor.Role;
import io.tokensync.common.serde.RecordIntake;
import io.tokensync.common.time.Sleeper;
import io.tokensync.writer.batch.BatchSize;
import io.tokensync.writer.batch.BatchWriter;
import io.tokensync.writer.batch.Concurrency;
import io.tokensync.writer.batch.MeasuringBatchWriter;
import io.tokensync.writer.batch.OwnThread;
import io.tokensync.writer.batch.OwnThreadBatchWriter;
import io.tokensync.writer.batch.PoisonIsolation;
import io.tokensync.writer.batch.RetryingBatchWriter;
import io.tokensync.writer.batch.SharedCircuitBreaker;
import io.tokensync.writer.batch.SizedBatchWriter;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.batch.ThrottledBatchWriter;
import io.tokensync.writer.expiry.Expiry;
import io.tokensync.writer.expiry.OldRows;
import io.tokensync.writer.expiry.Retention;
import io.tokensync.writer.handler.WriteHandler;
import io.tokensync.writer.handler.WriteProgress;
import io.tokensync.writer.handler.WriterMetrics;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.WriteListener;
import io.tokensync.writer.schema.Schema;
import io.tokensync.writer.session.RetryingSessionWriter;
import io.tokensync.writer.session.SessionSink;
import io.tokensync.writer.session.SessionWriter;

/**
 * The writer as a running thing: one poll loop per thread for the tokens, one for the monitor's session summaries, and one
 * for the verification of the nodes. Each fails alone and is started again, so that nothing about the others can stop a token.
 */
public final class WriterApp implements Service {
    /** Between two questions to a database that is away. */
    private static final Duration PROBE = Duration.ofSeconds(3);
    /** What passes is waited for behind the handler; the loop need not. */
    static final FailureClassifier HANDLER_FAILURES = _ -> FailureKind.FATAL;

    private static final Logger log = LoggerFactory.getLogger(WriterApp.class);
    private static final String STAGE = "writer";

    private final WriterConfig config;
    private final Clock clock;
    private final StageStatus status;
    private final WriteProgress progress = new WriteProgress();
    private final WriterMetrics metrics;
    private final Closer closer = new Closer();
    private final Supervisor loops;
    private final Map<Role, List<Supervised<PollLoop>>> byRole = new EnumMap<>(Role.class);
    private final SchemaGate gate;
    /** Empty when there are no session summaries to write: a gate that nobody opens would be starting for ever. */
    private final Optional<SchemaGate> summaryGate;
    private final Optional<SchemaGate> verificationGate;
    private final Optional<VerificationLoop> verification;
    private final SharedCircuitBreaker breaker;
    private final Concurrency concurrency;
    private final BatchSize size;

    private WriterApp(WriterConfig config, Function<WriteListener, Database> opening,
            UnaryOperator<SessionWriter> summaries, MeterRegistry registry, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.status = new StageStatus(clock);
        this.concurrency = new Concurrency(config.threads() * config.loop().window(), System::nanoTime);
        this.size = new BatchSize(config.batch());
        Metrics all = new Metrics(registry);
        this.metrics = new WriterMetrics(all, progress, status, clock);
        Database database = closer.register(opening.apply(metrics));
        this.breaker = new SharedCircuitBreaker("database", () -> {
            database.ask();
            return null;
        }, failure -> failure instanceof SqlFailure sql && sql.isAway(), PROBE, Delay.sleeping(Sleeper.system()),
                clock);
        metrics.watch(breaker, concurrency, size);
        Schema schema = new Schema(database);
        this.gate = gate(() -> schema.missingForWriter(config.history().enabled()));
        this.summaryGate = config.sessions().map(_ -> gate(schema::missingForSummaries));
        this.verificationGate = config.verification().map(_ -> gate(schema::missingForVerifications));
        this.verification = config.verification().map(verified -> new VerificationLoop(config, verified, database,
                verificationGate.orElseThrow(), part -> retrier(WriterApp::kind, part), registry, clock));
        gate.onPassed(database::warmUp);
        gate.onPassed(() -> warn(schema));
        this.loops = closer.register(new Supervisor(STAGE, status, restarts(config.loop().retry()), all, clock));
        for (int thread = 0; thread < config.threads(); thread++) {
            addLoop(Integer.toString(thread), database, registry);
        }
        config.sessions().ifPresent(
                sessions -> addSummaryLoop(sessions, summaries.apply(database.summaryWriter()), database, registry));
        verification.ifPresent(loop -> add("verifications", Role.VERIFICATION, loop));
    }

    private static void warn(Schema schema) {
        try {
            schema.concerns().forEach(concern -> log.warn(concern.sentence()));
        } catch (SqlFailure e) {
            log.atInfo().setMessage("what slows the database down was not looked for")
                    .addKeyValue("reason", e.getMessage())
                    .log();
        }
    }

    private static Restarts restarts(RetryPolicy policy) {
        return new Restarts(policy.firstWait(), policy.longestWait());
    }

    /** Builds the stage; nothing runs and nothing is connected before {@link #start}. */
    public static WriterApp create(WriterConfig config, MeterRegistry registry, Clock clock) {
        return new WriterApp(config,
                listener -> Database.open(config.sql(), config.threads(), config.errors(), listener),
                UnaryOperator.identity(), registry, clock);
    }

    /** The stage on a database that it closes in the end. */
    static WriterApp create(WriterConfig config, Database database, MeterRegistry registry, Clock clock) {
        return create(config, database, UnaryOperator.identity(), registry, clock);
    }

    /** As above, with something around the writer of the session summaries. */
    static WriterApp create(WriterConfig config, Database database, UnaryOperator<SessionWriter> summaries,
            MeterRegistry registry, Clock clock) {
        return new WriterApp(config, _ -> database, summaries, registry, clock);
    }

    @Override
    public void start() {
        gate.start();
        summaryGate.ifPresent(SchemaGate::start);
        verificationGate.ifPresent(SchemaGate::start);
        loops.start();
    }

    @Override
    public StageStatus status() {
        return status;
    }

    /** What has been written since the start. */
    public WriteProgress.Snapshot progress() {
        return progress.snapshot();
    }

    @Override
    public boolean alive() {
        return loops.alive() && !gate.hasFailed();
    }

    /** Why a loop of this role does not run steadily; empty when all do. */
    public Optional<Failing> failing(Role role) {
        return loops.failing(role);
    }

    /** Whether the loops of this role have committed all that was there for them, as far as they know. */
    public boolean isCaughtUp(Role role) {
        return of(role).stream().allMatch(loop -> loop.current().filter(PollLoop::isCaughtUp).isPresent());
    }

    /** From now on the loops of this role wait for no more records to a batch: what comes is the last there is. */
    public void hurry(Role role) {
        of(role).forEach(loop -> loop.current().ifPresent(PollLoop::hurry));
    }

    private List<Supervised<PollLoop>> of(Role role) {
        return byRole.getOrDefault(role, List.of());
    }

    @Override
    public Map<String, ?> details() {
        return verification
                .<Map<String, ?>>map(loop -> Map.of("progress", progress(), "verification", loop.details()))
                .orElseGet(() -> Map.of("progress", progress()));
    }

    @Override
    public CompletableFuture<Void> termination() {
        return loops.termination();
    }

    @Override
    public void close() {
        closer.close();
    }

    private void add(String name, Role role, Supervised.Factory<PollLoop> loop) {
        byRole.computeIfAbsent(role, _ -> new ArrayList<>()).add(loops.add(name, role, loop));
    }

    private void addLoop(String member, Database database, MeterRegistry registry) {
        BatchWriter rows = database.batchWriter(config.history().enabled());
        KafkaClients kafka = new KafkaClients(config.kafka());
        add("tokens-" + member, Role.WORK, (part, opened) -> {
            OwnThreadBatchWriter ownThread = opened.register(new OwnThreadBatchWriter(
                    new MeasuringBatchWriter(rows, size, System::nanoTime), "tokensync-writer-sql-" + member,
                    config.loop().closeBound()));
            return new PollLoop(config.loop().withMember(member, config.threads()), kafka,
                    new WriteHandler(new RecordIntake(clock), writer(ownThread, part), config.loop().deadLetterTopic(),
                            config.receiptsTopic(), metrics),
                    HANDLER_FAILURES, part, registry, clock);
        });
    }

    private BatchWriter writer(BatchWriter ownThread, StageStatus part) {
        // Parts of a batch that timed out may do so too: until the batch is done the loop waits for its database.
        BatchWriter divided = new PoisonIsolation(ownThread,
                failure -> part.waiting(failure.kind(), failure.toString()));
        BatchWriter throttled = new ThrottledBatchWriter(divided, concurrency, part);
        BatchWriter sized = new SizedBatchWriter(new RetryingBatchWriter(throttled, retrier(WriterApp::kind, part)),
                size);
        return gate.guard(sized, part);
    }

    /** The monitor's session summaries on their way into the same database, beside the tokens and independent of them. */
    private void addSummaryLoop(WriterConfig.Sessions sessions, SessionWriter summaries, Database database,
            MeterRegistry registry) {
        PollLoopConfig loop = config.summaryLoop(sessions.topic());
        KafkaClients kafka = new KafkaClients(config.kafka()).ofQuietTopics();
        add("sessions", Role.ACCOUNTING, (part, opened) -> {
            OwnThread thread = opened.register(new OwnThread("tokensync-writer-sessions", loop.closeBound()));
            SessionWriter writer = summaryGate.orElseThrow().guardSummaries(
                    new RetryingSessionWriter(summaries, thread, retrier(WriterApp::kind, part)), part);
            return new PollLoop(loop, kafka,
                    new SessionSink(writer, expiries(sessions, database, thread), loop.stage(), loop.deadLetterTopic()),
                    HANDLER_FAILURES, part, registry, clock);
        });
    }

    private List<Expiry> expiries(WriterConfig.Sessions sessions, Database database, OwnThread thread) {
        OldRows ended = database.endedSessions();
        OldRows superseded = database.oldVersions();
        return List.of(
                new Expiry(before -> thread.call(() -> ended.deleteSome(before)),
                        Retention.ofSessions(sessions.keep()), clock),
                new Expiry(before -> thread.call(() -> superseded.deleteSome(before)),
                        Retention.ofVersions(config.history().keep()), clock));
    }

    private SchemaGate gate(SchemaGate.SqlCallable missing) {
        StageStatus part = status.part();
        return closer.register(new SchemaGate(missing, retrier(WriterApp::kindOfCheck, part), part));
    }

    private Retrier retrier(FailureClassifier kinds, StageStatus waiting) {
        return new Retrier(config.loop().retry(), kinds, waiting, metrics, clock, breaker,
                RandomGenerator.getDefault());
    }

    /** To ask again never does harm, so nothing ends the check of the schema. */
    static FailureKind kindOfCheck(Throwable failure) {
        FailureKind kind = kind(failure);
        return switch (kind) {
            case TRANSIENT, THROTTLED, CONFLICT, ENVIRONMENT, UNKNOWN_OUTCOME -> kind;
            case OVERSIZED, POISON, FATAL -> FailureKind.ENVIRONMENT;
        };
    }

    static FailureKind kind(Throwable failure) {
        return failure instanceof SqlFailure known ? known.kind() : FailureKind.FATAL;
    }
}
