package io.tokensync.scanner;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.tokensync.scanner.fixture.Fifo;
import io.tokensync.scanner.fixture.MachineTest;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.report.ScanReport;
import io.tokensync.scanner.source.sqlite.file.ReadingConfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What still hangs when it is read costs its database alone, names itself, and is over by itself. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HangingNodesTest extends MachineTest {

    @Test
    void aDatabaseThatHangsInTheMiddleIsLeftBehindAndReadWhenItAnswers() throws Exception {
        withTimeout();
        try (TestNode node = TestNode.create(root, "a").tokens(0, 60); TestNode good = TestNode.create(root, "b")) {
            good.tokens(60, 70);
            Path journal = node.file().resolveSibling("rubix.db-journal");
            agent.topic.rejectForSize(_ -> {
                if (!Files.exists(journal)) {
                    Fifo.make(journal);
                }
                return false;
            });
            ScanReport report = agent.cycle();
            assertThat(report.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.kind()).isEqualTo(ProblemKind.HANGS);
                assertThat(problem.path()).isEqualTo(node.file());
                assertThat(problem.reason()).contains("reading rows of TokensTable", "no progress for 2.0 s");
            });
            assertThat(report.databases()).isEqualTo(new ScanReport.Databases(2, 1, 0, 1));
            assertThat(agent.topic.upserted()).contains(TestNode.id(69)).doesNotContain(TestNode.id(59));

            agent.topic.rejectForSize(_ -> false);
            good.status(65, 4);
            for (int i = 0; i < 5; i++) {
                assertThat(agent.cycle().problems()).isEqualTo(report.problems());
            }
            assertThat(agent.topic.row(TestNode.id(65)).tokenStatus()).isEqualTo("4");
            assertThat(threads()).isLessThanOrEqualTo(2);

            Fifo.release(journal);
            await().untilAsserted(() -> assertThat(agent.cycle().problems()).isEmpty());
            assertThat(agent.topic.table()).hasSize(70);
            assertThat(agent.topic.deleted()).isEmpty();
        }
    }

    private void withTimeout() {
        agent.restart(config -> config.reading = new ReadingConfig(3, Duration.ofSeconds(10), Duration.ZERO, 1, 10,
                Duration.ofSeconds(2)));
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("scanner-files")).count();
    }
}
