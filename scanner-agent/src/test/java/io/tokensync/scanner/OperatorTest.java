package io.tokensync.scanner;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import io.tokensync.common.model.TokenRecord;
import io.tokensync.scanner.fixture.MachineTest;
import io.tokensync.scanner.fixture.Schema;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.fixture.Topic;
import io.tokensync.scanner.report.AgentStatus;
import io.tokensync.scanner.report.AgentStatus.DatabaseStatus;
import io.tokensync.scanner.report.ScanReport;
import io.tokensync.scanner.state.sqlite.StateDirectory;
import io.tokensync.scanner.state.sqlite.StateView;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What an operator asks of an agent, and tells it, over files that the agent has in use all the time. */
class OperatorTest extends MachineTest {
    private final StringWriter out = new StringWriter();

    @Test
    void aRunningAgentIsAskedForEveryDatabase() throws IOException {
        Files.createDirectories(root.resolve("broken/Rubix"));
        Files.writeString(root.resolve("broken/Rubix/rubix.db"), "no database ".repeat(20));
        Files.createDirectories(root.resolve("elsewhere"));
        Files.writeString(root.resolve("elsewhere/rubix.db"), "x");
        try (TestNode node = TestNode.create(root, "n").tokens(0, 7)) {
            agent.cycle();
            agent.clock.advance(Duration.ofHours(1));
            agent.cycle();
            AgentStatus status = status();
            assertThat(status.sourceIp()).isEqualTo("10.0.0.1");
            assertThat(status.lastScan()).isEqualTo(agent.clock.instant());
            DatabaseStatus good = database(status, "n");
            assertThat(good.path()).isEqualTo(node.file().toString());
            assertThat(good.rows()).isEqualTo(7);
            assertThat(good.lastScan()).isEqualTo(agent.clock.instant().minus(Duration.ofHours(1)))
                    .isEqualTo(good.lastAcknowledgement());
            assertThat(good.lastChange()).isBetween(Files.getLastModifiedTime(node.file()).toInstant().minusMillis(1),
                    Files.getLastModifiedTime(node.file()).toInstant());
            assertThat(good.held()).isNull();
            assertThat(good.errors()).isEmpty();
            DatabaseStatus broken = database(status, "broken");
            assertThat(broken.lastScan()).isNull();
            assertThat(broken.errors()).singleElement().satisfies(error -> {
                assertThat(error.kind()).isEqualTo("not_a_database");
                assertThat(error.advice()).contains("restore the file");
                assertThat(error.since()).isEqualTo(good.lastScan());
            });
            assertThat(status.problems()).singleElement()
                    .satisfies(problem -> assertThat(problem.kind()).isEqualTo("not_a_node"));
        }
    }

    @Test
    void aDatabaseThatThereIsNoRoomToCopyStandsSinceItWasFirstMet() throws IOException {
        TestNode.create(root, "n", Schema.G4, "wal").tokens(0, 5).close();
        try (RandomAccessFile file = new RandomAccessFile(TestNode.fileOf(root, "n").toFile(), "rw")) {
            file.setLength(10L << 40);
        }
        agent.cycle();
        Instant first = agent.clock.instant();
        agent.clock.advance(Duration.ofMinutes(9));
        agent.cycle();
        assertThat(database(status(), "n").errors()).singleElement().satisfies(error -> {
            assertThat(error.kind()).isEqualTo("copy_failed");
            assertThat(error.since()).isBeforeOrEqualTo(first);
            assertThat(error.reason()).contains("no room");
        });
    }

    @Test
    void beforeTheFirstScanCycleHasEndedThereIsNoLastOne() {
        TestNode.create(root, "n").tokens(0, 7).close();
        agent.topic.crashAfterRecords(6);
        assertThatThrownBy(agent::cycle).isInstanceOf(Topic.Crash.class);
        assertThat(status().sourceIp()).isEqualTo("10.0.0.1");
        assertThat(status().lastScan()).isNull();
        agent.topic.neverCrash();
        agent.restart();
        agent.cycle();
        assertThat(status().lastScan()).isEqualTo(agent.clock.instant());
    }

    @Test
    void theCommandShowsItWithAndWithoutAnAgent() throws IOException {
        TestNode.create(root, "n").tokens(0, 7).close();
        agent.cycle();
        assertThat(run("status", "--state", stateDir().toString())).isZero();
        assertThat(out.toString()).contains("agent 10.0.0.1").contains("n ").contains("7").contains("rubix.db");
        agent.close();
        assertThat(run("status", "--state", stateDir().toString(), "--json")).isZero();
        assertThat(out.toString()).contains("\"node_name\" : \"n\"").contains("\"rows\" : 7")
                .contains("\"last_acknowledgement\" : \"2100-");
        Path data = Files.createDirectories(directory.resolve("data/agents"));
        Files.move(stateDir(), data.resolve("local"));
        assertThat(run("status", "--data", directory.resolve("data").toString())).isZero();
        assertThat(out.toString()).contains("agent 10.0.0.1");
        assertThat(run("status", "--state", root.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("no agent has its state in " + root);
        assertThat(run("status")).isEqualTo(2);
    }

    @Test
    void anIdlePassWritesNothingIntoTheState() throws IOException {
        for (int node = 0; node < 5; node++) {
            TestNode.create(root, "n" + node).tokens(0, 3).close();
        }
        Files.createDirectories(root.resolve("empty/Rubix"));
        Files.createFile(root.resolve("empty/Rubix/rubix.db"));
        agent.cycle();
        agent.cycle();
        List<Long> before = stateSizes();
        agent.clock.advance(Duration.ofHours(1));
        agent.cycle();
        assertThat(stateSizes()).isEqualTo(before);
        assertThat(status().lastScan()).isEqualTo(agent.clock.instant());
    }

    @Test
    void theStateOfAnOlderReleaseIsNotShownAndBegunAnew() {
        try (TestNode _ = TestNode.create(root, "n").tokens(0, 7)) {
            agent.cycle();
            agent.close();
            try (TestNode state = TestNode.open(stateDir().resolve(StateDirectory.FILE))) {
                state.script("PRAGMA user_version = 1");
            }
            assertThat(run("status", "--state", stateDir().toString())).isOne();
            assertThat(out.toString()).contains("is of another release");
            assertThat(agent.passThroughDamage().rows().published()).isEqualTo(7);
            assertThat(database(status(), "n").rows()).isEqualTo(7);
            assertThat(agent.topic.records()).extracting(TokenRecord::recordVersion).doesNotHaveDuplicates();
        }
    }

    @Test
    void aHeldMassDeletionIsCarriedOutOnceItIsConfirmed() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 30)) {
            agent.cycle();
            node.execute("DELETE FROM TokensTable WHERE rowid > 5");
            agent.cycle();
            assertThat(database(status(), "n").held()).isEqualTo(new AgentStatus.Held(25, false, 1, false));
            assertThat(run("confirm", "--state", stateDir().toString(), "--node", "n")).isZero();
            assertThat(out.toString()).contains("the deletion of 25 rows is confirmed; the agent");
            assertThat(run("confirm", "--state", stateDir().toString(), "--database", node.file().toString())).isZero();
            assertThat(out.toString()).contains("25 rows is confirmed already");
            out.getBuffer().setLength(0);
            assertThat(run("confirm", "--state", stateDir().toString(), "--node", "n", "--json")).isZero();
            assertThat(out.toString()).startsWith("[").containsIgnoringWhitespaces(
                    "\"outcome\":\"confirmed_already\",\"rows\":25,\"database_gone\":false").endsWith("]\n");
            assertThat(database(status(), "n").held().confirmed()).isTrue();
            ScanReport report = agent.cycle();
            assertThat(report.rows().deleted()).isEqualTo(25);
            assertThat(report.problems()).isEmpty();
            assertThat(database(status(), "n").held()).isNull();
            assertThat(run("confirm", "--state", stateDir().toString(), "--node", "n")).isZero();
            assertThat(out.toString()).contains("nothing is deferred");
            node.execute("DELETE FROM TokensTable");
            node.tokens(100, 130);
            agent.cycle();
            node.execute("DELETE FROM TokensTable");
            assertThat(agent.cycle().rows().held()).isPositive();
        }
    }

    @Test
    void aRestartedAgentCarriesItOutToo() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 30)) {
            agent.cycle();
            node.execute("DELETE FROM TokensTable");
            agent.cycle();
            agent.close();
            assertThat(run("confirm", "--state", stateDir().toString(), "--all")).isZero();
            assertThat(agent.cycle().rows().deleted()).isEqualTo(30);
        }
    }

    @Test
    void whatWasConfirmedIsForTheRowsThatWereSeen() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 30)) {
            agent.cycle();
            node.execute("DELETE FROM TokensTable WHERE rowid > 10");
            agent.cycle();
            assertThat(run("confirm", "--state", stateDir().toString(), "--node", "n")).isZero();
            node.execute("DELETE FROM TokensTable WHERE rowid > 9");
            assertThat(agent.cycle().rows().held()).isEqualTo(21);
            assertThat(database(status(), "n").held()).isEqualTo(new AgentStatus.Held(21, false, 1, false));
            assertThat(agent.topic.deleted()).isEmpty();
        }
    }

    @Test
    void aRestoredOldFileIsHeldAndConfirmed() throws IOException {
        TestNode node = TestNode.create(root, "n").tokens(0, 10);
        Path backup = Files.copy(node.file(), directory.resolve("backup.db"));
        node.tokens(10, 40).status(3, 4).close();
        agent.cycle();
        Files.copy(backup, node.file(), StandardCopyOption.REPLACE_EXISTING);
        ScanReport restored = agent.cycle();
        assertThat(restored.rows().held()).isEqualTo(30);
        assertThat(agent.topic.row(TestNode.id(3)).tokenStatus()).isEqualTo("0");
        assertThat(run("confirm", "--state", stateDir().toString(), "--all")).isZero();
        assertThat(agent.cycle().rows().deleted()).isEqualTo(30);
        assertThat(agent.topic.table()).hasSize(10);
    }

    @Test
    void aVanishedDatabaseIsForgottenOnceItIsConfirmed() throws IOException {
        TestNode.create(root, "other").token("o", 0).close();
        TestNode node = TestNode.create(root, "n").tokens(0, 7);
        node.close();
        agent.cycle();
        Files.delete(node.file());
        agent.cycle();
        assertThat(database(status(), "n").held()).isEqualTo(new AgentStatus.Held(7, true, 0, false));
        assertThat(run("confirm", "--state", stateDir().toString(), "--node", "n")).isZero();
        assertThat(out.toString()).contains("gone for good, and the deletion of its 7 rows is confirmed");
        assertThat(agent.cycle().rows().deleted()).isEqualTo(7);
        assertThat(status().databases()).extracting(DatabaseStatus::nodeName).containsExactly("other");
        assertThat(run("confirm", "--state", stateDir().toString(), "--node", "n")).isEqualTo(1);
        assertThat(out.toString()).contains("no such database");
    }

    @Test
    void aVanishedDatabaseThatIsBackIsNotDeletedWhenItVanishesAgain() throws IOException {
        TestNode node = TestNode.create(root, "n").tokens(0, 7);
        node.close();
        agent.cycle();
        Path away = directory.resolve("away.db");
        Files.move(node.file(), away);
        agent.cycle();
        assertThat(run("confirm", "--state", stateDir().toString(), "--node", "n")).isZero();
        Files.move(away, node.file());
        agent.cycle();
        Files.delete(node.file());
        assertThat(agent.cycle().problems()).hasSize(1);
        assertThat(agent.topic.deleted()).isEmpty();
    }

    private AgentStatus status() {
        try (StateView view = StateView.open(stateDir())) {
            return view.status();
        }
    }

    private static DatabaseStatus database(AgentStatus status, String node) {
        return status.databases().stream().filter(database -> database.nodeName().equals(node)).findFirst()
                .orElseThrow();
    }

    private List<Long> stateSizes() throws IOException {
        List<Long> sizes = new ArrayList<>();
        for (String suffix : List.of("", "-wal")) {
            Path file = stateDir().resolve(StateDirectory.FILE + suffix);
            sizes.add(Files.size(file));
            sizes.add(Files.getLastModifiedTime(file).toMillis());
        }
        return sizes;
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        CommandLine command = new CommandLine(new ScannerMain(Map.of()));
        PrintWriter writer = new PrintWriter(out, true);
        return command.setOut(writer).setErr(writer).execute(arguments);
    }
}
