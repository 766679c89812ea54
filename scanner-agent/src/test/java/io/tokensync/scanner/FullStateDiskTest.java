package io.tokensync.scanner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.scanner.fixture.TestAgent;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.state.StateUnavailableException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A file system under the state that is really full, and then is not any more. */
class FullStateDiskTest {
    private static final int TOKENS = 3_000;

    @TempDir
    Path directory;

    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(directory.resolve("disk"));
        Assumptions.assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString()) == 0,
                "SKIPPED: a file system of 8 MB cannot be mounted here (root is needed), so that no disk gets full");
    }

    @AfterEach
    void unmount() throws Exception {
        var _ = run("umount", "-l", disk.toString());
    }

    /** With so much room left, so that the disk is full at the beginning of a scan cycle, in the middle or at its end. */
    @ParameterizedTest
    @ValueSource(ints = {0, 16, 64})
    void theAgentGoesOnWhenThereIsRoomAgain(int kibibytes) throws Exception {
        Path root = Files.createDirectory(directory.resolve("nodes"));
        try (TestNode node = TestNode.create(root, "n").tokens(0, 10);
                TestAgent agent = new TestAgent(root, disk.resolve("state"))) {
            agent.cycle();
            Path filler = fill(kibibytes);
            node.tokens(10, TOKENS);
            for (int cycle = 0; cycle < 3; cycle++) {
                agent.clock.advance(Duration.ofHours(1)); // so that versions must be reserved, outside of any transaction
                assertThatThrownBy(agent::cycle).isInstanceOf(StateUnavailableException.class)
                        .hasMessageContaining("no space");
            }
            Files.delete(filler);
            agent.cycle();
            assertThat(agent.topic.table()).hasSize(TOKENS);
        }
    }

    private Path fill(int kibibytes) throws IOException {
        Path filler = disk.resolve("filler");
        byte[] block = new byte[4_096];
        try (var out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException _) {
            try (FileChannel shortened = FileChannel.open(filler, StandardOpenOption.WRITE)) {
                shortened.truncate(Math.max(0, shortened.size() - kibibytes * 1_024L));
            }
            return filler;
        }
    }

    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
