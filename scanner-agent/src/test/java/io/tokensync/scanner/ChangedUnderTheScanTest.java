package io.tokensync.scanner;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.common.model.Times;
import io.tokensync.common.receipt.Receipt;
import io.tokensync.scanner.fixture.MachineTest;
import io.tokensync.scanner.fixture.TestAgent;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.report.ScanReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Files that are taken away, cut, replaced, locked and dated while they are read: nothing that was not read is deleted. */
class ChangedUnderTheScanTest extends MachineTest {
    private static final Path MEMORY = Path.of("/dev/shm");

    @Test
    void aDatabaseThatIsReplacedWhileItIsReadDeletesNothingOfTheFileThatWas() throws IOException {
        TestNode.create(root, "n").tokens(0, 60).close();
        Path file = TestNode.fileOf(root, "n");
        Path restored = Files.copy(file, directory.resolve("restored.db"));
        agent.cycle();
        agent.topic.clear();
        TestNode.open(file).delete(3).status(5, 4).close();
        inTheMiddle(() -> Files.move(restored, file, StandardCopyOption.REPLACE_EXISTING));
        assertThat(agent.cycle().problems()).extracting(Problem::kind).containsExactly(ProblemKind.DATABASE_REPLACED);
        assertThat(agent.topic.deleted()).isEmpty();
        assertThat(agent.cycle().problems()).isEmpty();
        assertThat(agent.topic.deleted()).isEmpty();
        assertThat(agent.topic.row(TestNode.id(5)).tokenStatus()).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 100, 4096, 12_288})
    void aDatabaseThatIsCutWhileItIsReadIsAProblemAndNotEmpty(long size) throws IOException {
        TestNode.create(root, "n").tokens(0, 200).close();
        Path file = TestNode.fileOf(root, "n");
        agent.cycle();
        agent.topic.clear();
        TestNode.open(file).script("UPDATE TokensTable SET token_status = 4").close();
        byte[] whole = Files.readAllBytes(file);
        inTheMiddle(() -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(size);
            }
        });
        assertThat(agent.cycle().problems()).hasSize(1);
        assertThat(agent.cycle().problems()).hasSize(1);
        assertThat(agent.topic.deleted()).isEmpty();
        Files.write(file, whole);
        assertThat(agent.cycle().problems()).isEmpty();
        assertThat(agent.topic.deleted()).isEmpty();
    }

    @Test
    void aMountThatGoesAwayInTheMiddleDeletesNothing() throws IOException {
        TestNode.create(root, "a").tokens(0, 60).close();
        TestNode.create(root, "b").tokens(60, 120).close();
        agent.cycle();
        agent.topic.clear();
        TestNode.open(TestNode.fileOf(root, "a")).delete(3).status(5, 4).close();
        TestNode.open(TestNode.fileOf(root, "b")).delete(63).status(65, 4).close();
        Path away = directory.resolve("away");
        inTheMiddle(() -> Files.move(root, away));
        ScanReport report = agent.cycle();
        assertThat(report.databases().failed()).isEqualTo(2);
        assertThat(report.problems()).extracting(Problem::kind)
                .containsOnly(ProblemKind.DATABASE_VANISHED);
        assertThat(agent.cycle().databases().found()).isZero();
        assertThat(agent.topic.deleted()).isEmpty();
        Files.move(away, root);
        assertThat(agent.cycle().problems()).isEmpty();
        assertThat(agent.topic.deleted()).containsExactlyInAnyOrder(TestNode.id(3), TestNode.id(63));
    }

    @Test
    void aDatabaseThatIsLockedForHoursIsNamedInEveryPassAndTheOthersGoOn() {
        try (TestNode locked = TestNode.create(root, "a"); TestNode good = TestNode.create(root, "b")) {
            locked.tokens(0, 5);
            good.tokens(5, 10);
            agent.cycle();
            agent.topic.clear();
            locked.status(1, 4).script("BEGIN EXCLUSIVE", "DELETE FROM TokensTable");
            for (int i = 5; i < 10; i++) {
                good.status(i, 4);
                assertThat(agent.cycle().problems()).extracting(Problem::kind)
                        .containsExactly(ProblemKind.DATABASE_BUSY);
                assertThat(agent.topic.upserted()).containsExactly(TestNode.id(i));
                agent.topic.clear();
                agent.clock.advance(Duration.ofHours(1));
            }
            locked.script("ROLLBACK");
            assertThat(agent.cycle().problems()).isEmpty();
            assertThat(agent.topic.upserted()).containsExactly(TestNode.id(1));
            assertThat(agent.topic.deleted()).isEmpty();
        }
    }

    /** In seconds since 1970: of the years -249 and 11476, and farther than any clock. */
    @ParameterizedTest
    @ValueSource(longs = {-70_000_000_000L, 300_000_000_000L, 100_000_000_000_000_000L})
    void aFileThatIsDatedBeyondAllTablesHasATimeThatTheyHold(long seconds) throws Exception {
        assumeThat(MEMORY).as("a file system that holds any time").isDirectory().isWritable();
        Path nodes = Files.createTempDirectory(MEMORY, "nodes");
        Path file = TestNode.fileOf(nodes, "n");
        try (TestAgent dated = new TestAgent(nodes, stateDir())) {
            TestNode.create(nodes, "n").tokens(0, 5).close();
            assertThat(new ProcessBuilder("touch", "-m", "-d", "@" + seconds, file.toString()).start().waitFor())
                    .isZero();
            assertThat(dated.cycle().problems()).isEmpty();
            assertThat(dated.topic.records()).hasSize(5).extracting(record -> record.provenance().dbLastModified())
                    .allSatisfy(time -> assertThat(time).isBetween(Times.FIRST, Times.LAST));
            List<Instant> receipted = dated.topic.receipts().stream()
                    .filter(Receipt.DatabaseScanned.class::isInstance)
                    .map(receipt -> ((Receipt.DatabaseScanned) receipt).lastModified()).toList();
            assertThat(receipted).isNotEmpty()
                    .allSatisfy(time -> assertThat(time).isBetween(Times.FIRST, Times.LAST));
            assertThat(dated.cycle().databases().unchanged()).isEqualTo(1);
        } finally {
            for (Path path : List.of(file, file.getParent(), nodes.resolve("n"), nodes)) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** Something done to files. */
    @FunctionalInterface
    private interface Deed {
        void run() throws IOException;
    }

    /** Does it once, when the first rows of the next scan cycle are published. */
    private void inTheMiddle(Deed deed) {
        boolean[] done = new boolean[1];
        agent.topic.rejectForSize(_ -> {
            if (!done[0]) {
                done[0] = true;
                try {
                    deed.run();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
            return false;
        });
    }
}
