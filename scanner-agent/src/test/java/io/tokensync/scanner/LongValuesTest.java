package io.tokensync.scanner;

import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tokensync.common.model.RejectionReason;
import io.tokensync.scanner.fixture.MachineTest;
import io.tokensync.scanner.fixture.TestAgent;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.publish.PublishConfig;
import io.tokensync.scanner.publish.RejectedRow;
import io.tokensync.scanner.report.RowCounts;
import io.tokensync.scanner.report.ScanReport;
import io.tokensync.scanner.source.sqlite.file.ReadingConfig;

import static org.assertj.core.api.Assertions.assertThat;

/** Values of any length, in an agent with the memory that it has in the field. */
class LongValuesTest extends MachineTest {
    private static final int LONG = 100_000_000;

    /** In a process of its own. Its exit code is 0 when as many rows were published and rejected as it was told. */
    static final class SmallAgent {
        private SmallAgent() {}

        public static void main(String[] arguments) {
            try (TestAgent agent = new TestAgent(Path.of(arguments[0]), Path.of(arguments[1]))) {
                agent.restart(config -> {
                    config.reading = ReadingConfig.DEFAULT;
                    config.publish = PublishConfig.DEFAULT;
                });
                agent.topic.rejectForSize(_ -> {
                    agent.topic.clear(); // a broker keeps nothing in the state of the agent
                    return false;
                });
                RowCounts rows = agent.cycle().rows();
                System.exit(rows.published() == Long.parseLong(arguments[2])
                        && rows.rejectedNow() == Long.parseLong(arguments[3]) ? 0 : 1);
            }
        }
    }

    @Test
    void aRowWithALongerValueThanThereIsStateIsRejectedAndTheOthersArePublished() throws Exception {
        try (TestNode node = TestNode.create(root, "n").token("a", 0).token("b", 0).token("c", 0)) {
            node.execute("UPDATE TokensTable SET did = zeroblob(?) WHERE token_id = ?", LONG, TestNode.id("b"));
        }
        assertThat(scanWithSmallHeap(2, 1)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"token_value, 1000, 0", "did, 0, 1000"})
    void manyRowsWithLongValuesDoNotFillTheMemory(String column, int published, int rejected) throws Exception {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 1_000)) {
            node.script("UPDATE TokensTable SET " + column + " = replace(hex(zeroblob(49999)), '0', 'v')");
        }
        assertThat(scanWithSmallHeap(published, rejected)).isZero();
    }

    @Test
    void theDeadLetterSaysHowLongTheValueIsAndNotWhatItIs() {
        try (TestNode node = TestNode.create(root, "n").token("a", 0).token("b", 0)) {
            agent.cycle();
            node.execute("UPDATE TokensTable SET did = replace(hex(zeroblob(500000)), '0', 'd') WHERE token_id = ?",
                    TestNode.id("b"));
            node.execute("INSERT INTO TokensTable (token_id) VALUES (replace(hex(zeroblob(500000)), '0', 't'))");
            ScanReport report = agent.cycle();
            assertThat(report.problems()).isEmpty();
            assertThat(agent.topic.rejected()).extracting(RejectedRow::reason)
                    .containsExactlyInAnyOrder(RejectionReason.FIELD_TOO_LONG, RejectionReason.TOKEN_ID_TOO_LONG);
            assertThat(agent.topic.rejected()).filteredOn(row -> row.reason() == RejectionReason.FIELD_TOO_LONG)
                    .singleElement().satisfies(row -> {
                        assertThat(row.detail()).contains("DID", "1000000 bytes");
                        assertThat(row.columns()).containsEntry("token_id", TestNode.id("b")).containsEntry("did",
                                "(1000000 bytes, not read)");
                    });
            assertThat(agent.topic.deleted()).containsExactly(TestNode.id("b"));
            assertBalanced(report);
            node.execute("UPDATE TokensTable SET added = 1");
            assertThat(agent.cycle().rows().rejectedBefore()).isEqualTo(2);
        }
    }

    private int scanWithSmallHeap(int published, int rejected) throws Exception {
        File said = directory.resolve("said").toFile();
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError", "-Xmx80m", "-cp",
                System.getProperty("java.class.path"), SmallAgent.class.getName(), root.toString(),
                directory.resolve("small").toString(), String.valueOf(published), String.valueOf(rejected))
                .redirectErrorStream(true)
                .redirectOutput(said).start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }
}
