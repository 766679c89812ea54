package io.tokensync.monitor.app;

import java.time.Clock;
import java.util.random.RandomGenerator;

import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaFailureClassifier;
import io.tokensync.common.kafka.topics.TopicFollower;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.retry.Retrier;
import io.tokensync.common.retry.RetryMetrics;
import io.tokensync.common.retry.RetryPolicy;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.time.Sleeper;
import io.tokensync.monitor.deadletter.DeadLetterStore;

/**
 * Follows the topic of dead letters from shortly before its end. It has a status of its own: without the right to read the topic the
 * page says so where it shows them, and the monitor does its work.
 */
final class DeadLetterFollower implements AutoCloseable {
    private static final String STAGE = "monitor";

    private final TopicFollower follower;

    private DeadLetterFollower(TopicFollower follower) {
        this.follower = follower;
    }

    static DeadLetterFollower start(KafkaClients kafka, String topic, DeadLetterStore store, Metrics metrics,
            Clock clock, Sleeper sleeper) {
        StageStatus status = new StageStatus(clock);
        Retrier retrier = new Retrier(RetryPolicy.standard(), new KafkaFailureClassifier(), status,
                new RetryMetrics(metrics, STAGE), clock, sleeper, RandomGenerator.getDefault());
        TopicFollower follower = new TopicFollower(kafka, topic, store::take, retrier, status, clock,
                DeadLetterStore.MOST);
        store.incompleteBecause(() -> problem(follower));
        follower.start();
        return new DeadLetterFollower(follower);
    }

    private static String problem(TopicFollower follower) {
        StageStatus.Snapshot now = follower.status().snapshot();
        return switch (now.state()) {
            case WAITING, FAILED -> "the dead letters cannot be read: " + now.cause();
            case STARTING -> "the dead letters are being read";
            case RUNNING -> follower.caughtUp() ? null : "the dead letters are being read";
            case STOPPED -> "the monitor has stopped";
        };
    }

    @Override
    public void close() {
        follower.close();
    }
}
