package io.tokensync.scanner;

import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.tokensync.common.model.RefusalReason;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.publish.RefusedRow;
import io.tokensync.scanner.report.ScanReport;

import static org.assertj.core.api.Assertions.assertThat;

/** Values of any length, in an agent with the memory that it has in the field. */
class LongValuesTest extends MachineTest {
    private static final int LONG = 100_000_000;

    /** In a process of its own, whose exit code is the answer. */
    static final class SmallAgent {
        private SmallAgent() {}

        public static void main(String[] arguments) {
            try (TestAgent agent = new TestAgent(Path.of(arguments[0]), Path.of(arguments[1]))) {
                ScanReport report = agent.pass();
                agent.pass();
                System.exit((int) (100 * report.rows().published() + report.rows().refusedNow()));
            }
        }
    }

    @Test
    void aRowWithALongerValueThanThereIsMemoryIsRefusedAndTheOthersArePublished() throws Exception {
        try (TestNode node = TestNode.create(root, "n").token("a", 0).token("b", 0).token("c", 0)) {
            node.execute("UPDATE TokensTable SET did = zeroblob(?) WHERE token_id = ?", LONG, TestNode.id("b"));
        }
        assertThat(scanWithSmallHeap()).isEqualTo(201);
    }

    @Test
    void manyRowsWithValuesThatAreJustTakenDoNotFillTheMemory() throws Exception {
        try (TestNode node = TestNode.create(root, "n")) {
            node.execute("BEGIN");
            for (int i = 0; i < 1_000; i++) {
                node.token(i, 0);
            }
            node.script("CREATE TABLE wide AS SELECT * FROM TokensTable", "DELETE FROM wide",
                    "UPDATE TokensTable SET token_value = replace(hex(zeroblob(49999)), '0', 'v'),"
                            + " did = replace(hex(zeroblob(49999)), '0', 'd') WHERE rowid > 2",
                    "COMMIT");
        }
        assertThat(scanWithSmallHeap()).isEqualTo((200 + 998) % 256);
    }

    @Test
    void theDeadLetterSaysHowLongTheValueIsAndNotWhatItIs() {
        try (TestNode node = TestNode.create(root, "n").token("a", 0).token("b", 0)) {
            agent.pass();
            node.execute("UPDATE TokensTable SET did = replace(hex(zeroblob(500000)), '0', 'd') WHERE token_id = ?",
                    TestNode.id("b"));
            node.execute("INSERT INTO TokensTable (token_id) VALUES (replace(hex(zeroblob(500000)), '0', 't'))");
            ScanReport report = agent.pass();
            assertThat(report.problems()).isEmpty();
            assertThat(agent.topic.refused()).extracting(RefusedRow::reason)
                    .containsExactlyInAnyOrder(RefusalReason.FIELD_TOO_LONG, RefusalReason.TOKEN_ID_TOO_LONG);
            assertThat(agent.topic.refused()).filteredOn(row -> row.reason() == RefusalReason.FIELD_TOO_LONG)
                    .singleElement().satisfies(row -> {
                        assertThat(row.detail()).contains("DID", "1000000 bytes");
                        assertThat(row.columns()).containsEntry("token_id", TestNode.id("b")).containsEntry("did",
                                "(1000000 bytes, not read)");
                    });
            assertThat(agent.topic.deleted()).containsExactly(TestNode.id("b"));
            assertBalanced(report);
            node.execute("UPDATE TokensTable SET added = 1");
            assertThat(agent.pass().rows().refusedBefore()).isEqualTo(2);
        }
    }

    private int scanWithSmallHeap() throws Exception {
        File said = directory.resolve("said").toFile();
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError", "-Xmx80m", "-cp",
                System.getProperty("java.class.path"), SmallAgent.class.getName(), root.toString(),
                directory.resolve("small").toString()).redirectErrorStream(true)
                .redirectOutput(said).start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }
}
