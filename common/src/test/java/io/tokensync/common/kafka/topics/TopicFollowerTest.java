package io.tokensync.common.kafka.topics;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;

import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaFailureClassifier;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.retry.Retrier;
import io.tokensync.common.retry.RetryListener;
import io.tokensync.common.retry.RetryPolicy;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.time.Sleeper;

import static org.awaitility.Awaitility.await;

class TopicFollowerTest {
    @Test
    void oneThatIsClosedWhileNoBrokerAnswersLeavesNoThreadBehind() {
        String topic = "nowhere-" + UUID.randomUUID();
        StageStatus status = new StageStatus(Clock.systemUTC());
        Retrier retrier = new Retrier(RetryPolicy.standard(), new KafkaFailureClassifier(), status, RetryListener.NONE,
                Clock.systemUTC(), Sleeper.system(), RandomGenerator.getDefault());
        TopicFollower follower = new TopicFollower(new KafkaClients(KafkaSettings.at("127.0.0.1:1")), topic, _ -> {},
                retrier, status, Clock.systemUTC());
        follower.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> isBlocked(topic));
        follower.close();
        await().atMost(Duration.ofSeconds(30)).until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().contains(topic)));
    }

    /** Whether its thread asks a broker that does not answer. */
    private static boolean isBlocked(String topic) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().contains(topic))
                .flatMap(thread -> Arrays.stream(thread.getValue()))
                .anyMatch(frame -> frame.getMethodName().equals("partitionsFor"));
    }
}
