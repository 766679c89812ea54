package io.tokensync.scanner.operate;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.tokensync.common.model.TokenKey;
import io.tokensync.common.verification.NodeDigest;
import io.tokensync.common.verification.Outcome;
import io.tokensync.common.verification.StartedBy;
import io.tokensync.scanner.fixture.MachineTest;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.fixture.TestTable;

import static org.assertj.core.api.Assertions.assertThat;

class AskedAgentsTest extends MachineTest {
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
        assertThat(out.toString()).contains("--state DIR, --config FILE and --data DIR", "--file FILE");
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

    /** While the command sleeps, the agent and the verifier work. */
    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        CommandLine command = new CommandLine(new Verify());
        PrintWriter writer = new PrintWriter(out, true);
        return command.setOut(writer).setErr(writer).execute(arguments);
    }

    /** A command that has nothing else. */
    @Command(name = "verify")
    private final class Verify implements Callable<Integer> {
        @Mixin
        private AskedAgents agents;

        @Option(names = "--json")
        private boolean json;

        @Override
        public Integer call() throws InterruptedException {
            return agents.ask(json, agent.clock, pause -> {
                agent.cycle();
                if (!silent) {
                    table.verify();
                }
                agent.clock.advance(pause);
            });
        }
    }
}
