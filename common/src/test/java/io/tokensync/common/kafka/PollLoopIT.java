package io.tokensync.common.kafka;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PollLoopIT {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void everyRecordComesOutOnceAndTheLagReachesZero() throws Exception {
        try (LoopBench bench = LoopBench.on(KAFKA, "identity", 3)) {
            bench.produce(0, 2_000);
            PollLoop loop = bench.start(bench::copy);
            await().atMost(PATIENCE).until(bench::isDrained);
            assertThat(bench.lag()).isZero();
            bench.assertEachOnce(2_000);
            loop.close();
            assertThat(loop.termination()).isCompleted();
        }
    }
}
