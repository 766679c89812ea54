package io.tokensync.writer;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.errors.AuthorizationException;

import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaFailureClassifier;
import io.tokensync.common.kafka.MissingRight;
import io.tokensync.common.kafka.admin.ConsumerLag;
import io.tokensync.common.kafka.loop.BatchHandler;
import io.tokensync.common.kafka.loop.PollLoop;
import io.tokensync.common.kafka.loop.PollLoopConfig;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.retry.Retrier;
import io.tokensync.common.retry.RetryMetrics;
import io.tokensync.common.runtime.Closer;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.runtime.StageStatus.Snapshot;
import io.tokensync.common.runtime.StageStatus.State;
import io.tokensync.common.runtime.Supervised;
import io.tokensync.common.time.Sleeper;
import io.tokensync.writer.batch.OwnThread;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.verification.Fence;
import io.tokensync.writer.verification.SqlRunner;
import io.tokensync.writer.verification.VerificationHandler;
import io.tokensync.writer.verification.VerificationMetrics;
import io.tokensync.writer.verification.VerificationUpkeep;
import io.tokensync.writer.verification.Verifier;
import io.tokensync.writer.verification.jdbc.VerifierDatabase;

/** Builds the loop that compares the digests of the nodes with the table, beside the tokens and independent of them. */
final class VerificationLoop implements Supervised.Factory<PollLoop> {
    private final WriterConfig config;
    private final WriterConfig.Verification verification;
    private final VerifierDatabase database;
    private final SchemaGate gate;
    private final Function<StageStatus, Retrier> sqlRetrier;
    private final VerificationMetrics metrics;
    private final MeterRegistry registry;
    private final Clock clock;
    private final KafkaClients kafka;
    private volatile Fence fence;

    /** @param sqlRetrier runs statements again, for the status of a loop */
    VerificationLoop(WriterConfig config, WriterConfig.Verification verification, Database database, SchemaGate gate,
            Function<StageStatus, Retrier> sqlRetrier, MeterRegistry registry, Clock clock) {
        this.config = config;
        this.verification = verification;
        this.database = VerifierDatabase.of(database);
        this.gate = gate;
        this.sqlRetrier = sqlRetrier;
        this.metrics = new VerificationMetrics(new Metrics(registry));
        this.registry = registry;
        this.clock = clock;
        this.kafka = new KafkaClients(config.kafka()).ofQuietTopics();
    }

    @Override
    public PollLoop create(StageStatus part, Closer opened) {
        PollLoopConfig loop = config.verificationLoop(verification);
        StageStatus own = new StageStatus(clock);
        OwnThread thread = opened.register(new OwnThread("tokensync-writer-verifications", loop.closeBound()));
        SqlRunner sql = new SqlRunner(thread, sqlRetrier.apply(own));
        Fence passed = fence(own, opened);
        VerificationUpkeep upkeep = opened.register(new VerificationUpkeep(database.store(), sql, metrics,
                verification.keep(), clock));
        Verifier verifier = new Verifier(database.table(), database.store(), sql, passed, metrics, clock);
        BatchHandler handler = new VerificationHandler(verifier, upkeep, new VerificationHandler.Topics(loop.stage(),
                loop.deadLetterTopic(), verification.repairsTopic()));
        fence = passed;
        part.asks(() -> Optional.of(shown(own.snapshot(), passed)));
        gate.onPassed(upkeep::start);
        return new PollLoop(loop, kafka, records -> {
            gate.pass(own);
            return handler.handle(records);
        }, WriterApp.HANDLER_FAILURES, own, registry, clock);
    }

    /** To wait for stages that get on is the verifier's business, and no trouble of the writer's. */
    private static Snapshot shown(Snapshot own, Fence fence) {
        return own.state() == State.WAITING && fence.isMoving()
                ? new Snapshot(State.RUNNING, own.since(), null, null)
                : own;
    }

    private Fence fence(StageStatus own, Closer opened) {
        ConsumerLag lag = new ConsumerLag(opened.register(kafka.admin("tokensync-writer-verifications")));
        Retrier retrier = new Retrier(config.loop().retry(), new KafkaFailureClassifier(), own,
                new RetryMetrics(new Metrics(registry), "writer-verifications"), clock, Sleeper.system(),
                RandomGenerator.getDefault());
        return new Fence(List.of(verification.enrichers(),
                new Fence.Hop(config.loop().group(), config.loop().topics().getFirst())),
                hop -> ask(retrier, lag, hop), own, Sleeper.system(), clock);
    }

    private static List<ConsumerLag.PartitionLag> ask(Retrier retrier, ConsumerLag lag, Fence.Hop hop)
            throws InterruptedException {
        try {
            return retrier.run("ask how far a stage is", () -> {
                try {
                    return lag.of(hop.group(), List.of(hop.topic()));
                } catch (AuthorizationException e) {
                    throw MissingRight.ofAdmin(e, hop.topic(), hop.group());
                }
            });
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Kafka threw what it does not declare", e);
        }
    }

    /** How the nodes stand, and what the verifier waits for. */
    Map<String, ?> details() {
        Fence now = fence;
        return Map.of("nodes", metrics.standing(), "waits_for",
                now == null ? "" : now.waitsFor().orElse(""));
    }
}
