package io.tokensync.common.kafka.loop;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.runtime.StageStatus.State;
import io.tokensync.embedded.EmbeddedKafka;
import io.tokensync.testkit.kafka.BrokerProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Processes that end without a word, on either side. */
class PollLoopCrashIT {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    @Test
    void aLoopThatDiesInTheMiddleOfTransactionsDoublesNothing() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("broker"));
                LoopBench bench = new LoopBench(kafka.bootstrapServers(), "mortal", 2)) {
            bench.produce(0, 1_000);
            for (int life = 0; life < 4; life++) {
                Process process = LoopProcess.start(bench, "one", directory.resolve("loop.log").toFile());
                await().atMost(LONGEST_WAIT).until(() -> !process.isAlive() || bench.isDrained());
                process.destroyForcibly().waitFor();
            }
            bench.start(bench.config(), bench.settings().withInstanceId("one"), bench::copy,
                    LoopBench.ALWAYS_TRANSIENT);
            await().atMost(LONGEST_WAIT).until(bench::isDrained);
            bench.assertEachOnce(1_000);
        }
    }

    @Test
    void aBrokerThatStopsForAWhileIsWaitedFor() throws Exception {
        Path data = directory.resolve("broker");
        EmbeddedKafka kafka = EmbeddedKafka.start(data);
        try (LoopBench bench = new LoopBench(kafka.bootstrapServers(), "restart", 2)) {
            bench.produce(0, 1_000);
            PollLoop loop = bench.start(bench::copy);
            await().atMost(LONGEST_WAIT).until(() -> !bench.committedOutput().isEmpty());
            kafka.close();
            await().atMost(LONGEST_WAIT).until(() -> loop.status().snapshot().state() == State.WAITING);
            assertThat(loop.termination()).isNotDone();
            kafka = EmbeddedKafka.start(data);
            bench.produce(1_000, 2_000);
            await().atMost(LONGEST_WAIT).until(bench::isDrained);
            bench.assertEachOnce(2_000);
            await().atMost(LONGEST_WAIT).until(() -> loop.status().snapshot().state() == State.RUNNING);
        } finally {
            kafka.close();
        }
    }

    @Test
    void aBrokerThatIsKilledInTheMiddleLosesAndDoublesNothing() throws Exception {
        BrokerProcess broker = BrokerProcess.start(directory.resolve("broker"));
        try (LoopBench bench = new LoopBench(broker.bootstrapServers(), "killed", 2)) {
            bench.produce(0, 3_000);
            bench.start(bench::copy);
            await().atMost(LONGEST_WAIT).until(() -> !bench.committedOutput().isEmpty());
            broker.kill();
            broker = BrokerProcess.start(directory.resolve("broker"));
            await().atMost(LONGEST_WAIT).until(bench::isDrained);
            bench.assertEachOnce(3_000);
        } finally {
            broker.close();
        }
    }
}
