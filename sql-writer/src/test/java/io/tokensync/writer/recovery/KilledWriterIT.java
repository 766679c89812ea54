package io.tokensync.writer.recovery;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.tokensync.tds.faults.Effect;
import io.tokensync.tds.faults.Occasion;

import static io.tokensync.writer.recovery.Recovery.LONGEST_WAIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Writers in processes of their own: killed in the middle, and suspended until another one has taken over. */
class KilledWriterIT extends RecoverySetUp {
    private static final Effect PAUSE = new Effect.Stall(Duration.ofSeconds(2));
    static Stream<Arguments> moments() {
        return Stream.of(Arguments.of("while it loads", Occasion.bulkRow(100)),
                Arguments.of("at its second COMMIT", Occasion.commit(2)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("moments")
    void aProcessIsKilledAndItsSuccessorEndsInTheSameTable(String when, Occasion moment) throws Exception {
        endpoint.script().on(moment, PAUSE);
        recovery.send(1_000);
        recovery.instanceId("one");
        try (WriterProcess process = recovery.startProcess(Optional.of("one"))) {
            await("it works: " + when).atMost(LONGEST_WAIT).until(() -> endpoint.script().pending() == 0);
            process.kill();
        }
        recovery.start();
        recovery.awaitWritten();
        recovery.assertConverged();
    }

    /** Its transaction commits long after the group has given its partitions to somebody else. */
    @Test
    void aProcessThatIsSuspendedInTheMiddleOfABatchComesBackAsAZombie() throws Exception {
        endpoint.script().on(Occasion.bulkRow(100), PAUSE);
        recovery.send(1_000);
        try (WriterProcess zombie = recovery.startProcess(Optional.empty())) {
            await().atMost(LONGEST_WAIT).until(() -> endpoint.script().pending() == 0);
            zombie.suspend();
            recovery.start();
            recovery.awaitWritten();
            long commits = endpoint.record().commits();
            zombie.resume();
            await("the zombie commits").atMost(LONGEST_WAIT).until(() -> endpoint.record().commits() > commits);
            assertThat(zombie.isAlive()).isTrue();
            recovery.send(1_000);
            recovery.awaitWritten();
        }
        recovery.assertConverged();
    }
}
