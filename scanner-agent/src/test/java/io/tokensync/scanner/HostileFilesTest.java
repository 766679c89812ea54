package io.tokensync.scanner;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.scanner.fixture.Fifo;
import io.tokensync.scanner.fixture.MachineTest;
import io.tokensync.scanner.fixture.Schema;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.report.ScanReport;

import static org.assertj.core.api.Assertions.assertThat;

/** The directory of a node belongs to the party that is audited: whatever is in it costs nobody else anything. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileFilesTest extends MachineTest {

    @ParameterizedTest
    @CsvSource({"wal, -wal", "wal, -shm", "wal, -journal", "delete, -wal", "delete, -shm", "delete, -journal"})
    void aFifoBesideADatabaseIsNotOpenedAndIsAProblemOfThatDatabaseAlone(String journalMode, String suffix)
            throws IOException {
        TestNode.create(root, "bad", Schema.G4, journalMode).tokens(0, 5).close();
        TestNode.create(root, "good").tokens(5, 10).close();
        Path fifo = Fifo.make(beside("bad", suffix));
        assertThat(agent.cycle().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(ProblemKind.NOT_A_REGULAR_FILE);
            assertThat(problem.describe()).contains(TestNode.fileOf(root, "bad").toString(), "rubix.db" + suffix,
                    "FIFO");
        });
        assertThat(agent.topic.upserted()).hasSize(5);
        Files.delete(fifo);
        assertThat(agent.cycle().problems()).isEmpty();
        assertThat(agent.topic.upserted()).hasSize(10);
    }

    @Test
    void aFifoThatComesBesideADatabaseThatIsHeldOpenIsNotOpened() throws IOException {
        TestNode.create(root, "n").tokens(0, 5).close();
        agent.cycle();
        Path fifo = Fifo.make(beside("n", "-journal"));
        assertThat(agent.cycle().problems()).extracting(Problem::kind).containsExactly(ProblemKind.NOT_A_REGULAR_FILE);
        Files.delete(fifo);
        assertThat(agent.cycle().problems()).isEmpty();
        assertThat(agent.topic.deleted()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "config", "version"})
    void aFifoInTheRepositoryIsNotOpened(String name) throws IOException {
        TestNode.create(root, "n").tokens(0, 5).close();
        Fifo.make(Files.createDirectories(root.resolve("n/.ipfs/blocks")).resolveSibling(name));
        agent.cycle();
        assertThat(agent.topic.upserted()).hasSize(5);
    }

    @Test
    void whatIsNamedLikeADatabaseAndIsNoneIsNamed() throws IOException {
        for (String name : new String[]{"fifo", "dangling", "linked"}) {
            Files.createDirectories(TestNode.fileOf(root, name).getParent());
        }
        Fifo.make(TestNode.fileOf(root, "fifo"));
        Files.createSymbolicLink(TestNode.fileOf(root, "dangling"), directory.resolve("nowhere"));
        Files.createSymbolicLink(TestNode.fileOf(root, "linked"), TestNode.fileOf(root, "fifo"));
        TestNode.create(root, "good").tokens(0, 3).close();
        ScanReport report = agent.cycle();
        assertThat(report.problems()).hasSize(3)
                .allSatisfy(problem -> assertThat(problem.kind()).isEqualTo(ProblemKind.NOT_A_REGULAR_FILE));
        assertThat(agent.topic.upserted()).hasSize(3);
    }

    @Test
    void aLinkBesideADatabaseIsNotFollowed() throws IOException {
        TestNode.create(root, "n", Schema.G4, "wal").tokens(0, 5).close();
        Files.writeString(directory.resolve("secret"), "of somebody else");
        Files.createSymbolicLink(beside("n", "-wal"), directory.resolve("secret"));
        assertThat(agent.cycle().problems()).singleElement()
                .satisfies(problem -> assertThat(problem.reason()).contains("rubix.db-wal", "a link"));
    }

    @Test
    void aLogOfAnyLengthIsNotCopied() throws IOException {
        TestNode.create(root, "n", Schema.G4, "wal").tokens(0, 5).close();
        TestNode.create(root, "good").tokens(5, 10).close();
        try (RandomAccessFile log = new RandomAccessFile(beside("n", "-wal").toFile(), "rw")) {
            log.setLength((1L << 30) + 1);
        }
        assertThat(agent.cycle().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(ProblemKind.COPY_FAILED);
            assertThat(problem.reason()).contains("1073741825 bytes");
        });
        assertThat(agent.topic.upserted()).hasSize(5);
    }

    @Test
    void aDatabaseThatIsLongerThanTheDiskIsNotCopied() throws IOException {
        TestNode.create(root, "n", Schema.G4, "wal").tokens(0, 5).close();
        try (RandomAccessFile database = new RandomAccessFile(TestNode.fileOf(root, "n").toFile(), "rw")) {
            database.setLength(10L << 40);
        }
        List<Problem> first = agent.cycle().problems();
        assertThat(first).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(ProblemKind.COPY_FAILED);
            assertThat(problem.describe()).contains("no room", "MiB", "scanner.state-dir");
        });
        assertThat(agent.cycle().problems()).as("one problem that stands, not one in each scan cycle").isEqualTo(first);
    }

    private Path beside(String node, String suffix) {
        return TestNode.fileOf(root, node).resolveSibling("rubix.db" + suffix);
    }
}
