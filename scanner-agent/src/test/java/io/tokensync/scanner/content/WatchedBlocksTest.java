package io.tokensync.scanner.content;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import io.tokensync.ipfs.Flatfs;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.watch.Watchdog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class WatchedBlocksTest {
    private static final Path REPOSITORY = Path.of("/nodes/n/.ipfs");

    @Test
    void aStoreThatHangsIsAskedOnceAndAgainWhenItAnswers() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        BlockSource hanging = _ -> {
            answer.await();
            return new Flatfs.Read.Absent();
        };
        try (Watchdog watchdog = new Watchdog("test-blocks", Duration.ofSeconds(1), Clock.systemUTC())) {
            BlockSource blocks = new WatchedBlocks(hanging, REPOSITORY, watchdog);
            blocks.prepare(List.of("a", "b"));
            assertThat(blocks.find("a")).isInstanceOf(Flatfs.Read.Unreadable.class);
            assertThat(blocks.find("c")).isInstanceOf(Flatfs.Read.Unreadable.class);
            assertThat(blocks.problem()).hasValueSatisfying(problem -> {
                assertThat(problem.kind()).isEqualTo(ProblemKind.HANGS);
                assertThat(problem.path()).isEqualTo(REPOSITORY);
            });
            answer.countDown();
            await().untilAsserted(() -> assertThat(new WatchedBlocks(hanging, REPOSITORY, watchdog).find("a"))
                    .isInstanceOf(Flatfs.Read.Absent.class));
        }
    }
}
