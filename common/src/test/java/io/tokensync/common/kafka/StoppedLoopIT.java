package io.tokensync.common.kafka;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.kafka.loop.LoopBench;
import io.tokensync.common.kafka.loop.StoppedProcess;
import io.tokensync.testkit.kafka.BrokerProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A process that is stopped for so long that the brokers have given it up, and then goes on. */
@EnabledOnOs(OS.LINUX)
class StoppedLoopIT {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(3);
    private static final List<String> STEPS = List.of("before beginTransaction", "before sendOffsetsToTransaction",
            "before commitTransaction", "after commitTransaction");

    @TempDir
    Path directory;

    @Test
    void aLoopThatWasStoppedAtAnyStepCommitsFurtherRecordsEachOnce() throws Exception {
        File log = directory.resolve("loop.log").toFile();
        try (BrokerProcess broker = BrokerProcess.start(directory.resolve("broker"));
                LoopBench bench = new LoopBench(broker.bootstrapServers(), "stopped", 1);
                Admin admin = new KafkaClients(bench.settings()).admin("members");
                StoppedProcess loop = StoppedProcess.start(bench, log)) {
            int records = 0;
            for (String step : STEPS) {
                loop.stopAt(step);
                bench.produce(records, records + 20);
                await("stopped " + step).atMost(LONGEST_WAIT).until(loop::isStopped);
                await("given up " + step).atMost(LONGEST_WAIT)
                        .until(() -> admin.describeConsumerGroups(List.of(bench.group))
                                .all().get().get(bench.group).members().isEmpty());
                loop.goOn();
                bench.produce(records + 20, records + 40);
                records += 40;
                await("progress after " + step).atMost(LONGEST_WAIT).until(bench::isDrained);
                assertThat(loop.isAlive()).isTrue();
            }
            bench.assertEachOnce(records);
        }
    }
}
