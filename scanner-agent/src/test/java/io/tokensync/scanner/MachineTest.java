package io.tokensync.scanner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.scanner.report.RowCounts;
import io.tokensync.scanner.report.ScanReport;

import static org.assertj.core.api.Assertions.assertThat;

/** A machine with a directory of nodes and one agent, for the tests that extend this. */
abstract class MachineTest {
    @TempDir
    Path directory;
    Path root;
    TestAgent agent;

    @BeforeEach
    void startMachine() throws IOException {
        root = Files.createDirectory(directory.resolve("nodes"));
        agent = new TestAgent(root, stateDir());
    }

    @AfterEach
    void stopMachine() {
        agent.close();
    }

    Path stateDir() {
        return directory.resolve("state");
    }

    /** Whether every row that was read is accounted for. */
    static void assertBalanced(ScanReport report) {
        RowCounts rows = report.rows();
        assertThat(rows.read()).isEqualTo(
                rows.unchanged() + rows.published() + rows.refusedNow() + rows.refusedBefore() + rows.leftOut());
    }
}
