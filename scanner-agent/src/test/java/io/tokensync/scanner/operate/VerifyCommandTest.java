package io.tokensync.scanner.operate;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import io.tokensync.common.model.TokenKey;
import io.tokensync.common.verification.NodeDigest;
import io.tokensync.common.verification.Outcome;
import io.tokensync.common.verification.StartedBy;
import io.tokensync.scanner.fixture.MachineTest;
import io.tokensync.scanner.fixture.Schema;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.fixture.TestTable;

import static org.assertj.core.api.Assertions.assertThat;

class VerifyCommandTest extends MachineTest {
    private final StringWriter out = new StringWriter();
    private TestTable table;
    private boolean silent;

    @BeforeEach
    void nodes() {
        table = new TestTable(agent);
        TestNode.create(root, "n").tokens(0, 100).close();
        TestNode.create(root, "m").tokens(100, 150).close();
        agent.cycle();
        table.verify();
        table.topicForgot();
    }

    @Test
    void aNodeIsVerifiedInTheNextScanCycleAndOnce() {
        assertThat(run("--state", stateDir().toString(), "--node", "n")).isZero();
        assertThat(out.toString()).startsWith("n (").contains("asked; the agent reads it in its next scan cycle");
        agent.cycle();
        assertThat(agent.topic.digests()).singleElement().satisfies(digest -> {
            assertThat(digest.nodeName()).isEqualTo("n");
            assertThat(digest.startedBy()).isEqualTo(StartedBy.COMMAND);
            assertThat(digest.repair()).isTrue();
        });
        agent.cycle();
        assertThat(agent.topic.digests()).hasSize(1);
    }

    @Test
    void allNodesAreMeantWhereNoneIsNamed() {
        assertThat(run("--state", stateDir().toString(), "--dry-run", "--json")).isZero();
        assertThat(out.toString()).containsIgnoringWhitespaces("\"outcome\":\"asked\"");
        agent.cycle();
        assertThat(agent.topic.digests()).hasSize(2).noneMatch(NodeDigest::repair);
        assertThat(run("--state", stateDir().toString(), "--node", "nobody")).isOne();
        assertThat(out.toString()).contains("no such node is known");
        assertThat(run("--state", root.toString())).isOne();
        assertThat(run()).isEqualTo(2);
        assertThat(run("--state", stateDir().toString(), "--node", "n", "--repair", "--dry-run")).isEqualTo(2);
    }

    @Test
    void whoWaitsIsToldTheOutcomeRepairsIncluded() {
        table.remove(new TokenKey("10.0.0.1", "n", TestNode.id(5)));
        assertThat(run("--state", stateDir().toString(), "--node", "n", "--dry-run", "--wait", "1h")).isEqualTo(3);
        assertThat(out.toString()).contains("differs from the table: as of 2100-").doesNotContain("being repaired");
        assertThat(table.outcomes).endsWith(Outcome.DIFFERS);
        agent.clock.advance(Duration.ofMinutes(1));
        assertThat(run("--state", stateDir().toString(), "--node", "n", "--wait")).isZero();
        assertThat(out.toString()).contains("equal to the table as of 2100-").contains("100 rows")
                .contains("1 rows published again, 0 deleted");
        CommandLine status = new CommandLine(new StatusCommand());
        status.setOut(new PrintWriter(out, true)).execute("--state", stateDir().toString());
        assertThat(out.toString()).contains("\n  equal to the table as of 2100-");
    }

    @Test
    void nobodyWaitsForEver() {
        silent = true;
        assertThat(run("--state", stateDir().toString(), "--node", "n", "--wait", "5m")).isEqualTo(3);
        assertThat(out.toString()).contains("not answered within 300 s");
    }

    @Test
    void aCopyOfADatabaseHasTheDigestThatItsAgentTells() throws IOException {
        try (TestNode node = TestNode.create(root, "wal", Schema.G4, "wal").tokens(0, 70)) {
            node.tokenWithId("no id ", 3).execute("UPDATE TokensTable SET token_status = 1 WHERE rowid = 9");
            node.execute("INSERT INTO TokensTable (token_id, did) VALUES (NULL, 'x')");
            agent.cycle();
            NodeDigest digest = agent.topic.digests().getLast();
            Path copy = Files.copy(node.file(), directory.resolve("copy.db"));
            Files.copy(Path.of(node.file() + "-wal"), directory.resolve("copy.db-wal"));
            assertThat(run("--file", copy.toString())).isZero();
            assertThat(out.toString())
                    .contains("copy.db: 70 rows, 2 that no table can hold, digest " + digest.digest());
            assertThat(run("--file", copy.toString(), "--json")).isZero();
            assertThat(out.toString()).containsIgnoringWhitespaces("\"digest\":\"" + digest.digest() + "\"");
            node.status(4, 9);
            assertThat(run("--file", node.file().toString())).isZero();
            assertThat(out.toString()).doesNotContain(digest.digest());
            assertThat(run("--file", directory.resolve("none.db").toString())).isOne();
        }
        try (Stream<Path> left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("tokensync-verify"));
        }
    }

    /** While the command sleeps, the agent and the verifier work. */
    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        CommandLine command = new CommandLine(new VerifyCommand(agent.clock, pause -> {
            agent.cycle();
            if (!silent) {
                table.verify();
            }
            agent.clock.advance(pause);
        }));
        PrintWriter writer = new PrintWriter(out, true);
        return command.setOut(writer).setErr(writer).execute(arguments);
    }
}
