package io.tokensync.scanner.deletion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.tokensync.scanner.config.DeletionLimits;
import io.tokensync.scanner.fixture.MachineTest;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.fixture.Topic;
import io.tokensync.scanner.report.ScanReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeferredDeletionsTest extends MachineTest {

    @Test
    void aDatabaseThatVanishesOrBreaksIsNoDeletion() throws IOException {
        TestNode node = TestNode.create(root, "n").tokens(0, 5);
        node.close();
        agent.cycle();
        agent.topic.clear();
        Path away = directory.resolve("away.db");
        Files.move(node.file(), away);
        ScanReport report = agent.cycle();
        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind().code()).isEqualTo("database_vanished");
            assertThat(problem.reason()).contains("'n'").contains("5 rows");
        });
        Files.writeString(node.file(), "broken ".repeat(100));
        assertThat(agent.cycle().databases().failed()).isEqualTo(1);
        Files.move(away, node.file(), StandardCopyOption.REPLACE_EXISTING);
        agent.cycle();
        assertThat(agent.topic.records()).isEmpty();
    }

    @Test
    void massDeletionIsHeldHoweverOftenItIsSeenAndForHowLong() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 30)) {
            agent.cycle();
            node.execute("DELETE FROM TokensTable WHERE rowid > 5");
            for (int scan = 0; scan < 200; scan++) {
                assertThat(agent.cycle().rows().held()).isEqualTo(25);
                agent.clock.advance(Duration.ofHours(1));
            }
            assertThat(agent.topic.deleted()).isEmpty();
        }
    }

    @Test
    void massDeletionConfirmsItselfWhenThatIsConfiguredAndOnlyByTheTimeOfLooking() throws IOException {
        agent.restart(config -> config.deletes = new DeletionLimits(0.5, Duration.ofHours(1), Set.of()));
        TestNode node = TestNode.create(root, "n").tokens(0, 30);
        agent.cycle();
        agent.topic.clear();
        node.execute("DELETE FROM TokensTable WHERE rowid > 5");
        ScanReport first = agent.cycle();
        assertThat(first.rows().held()).isEqualTo(25);
        assertThat(first.problems()).extracting(problem -> problem.kind().code()).containsExactly("deletes_deferred");
        node.token("new", 0);
        agent.clock.advance(Duration.ofDays(365)); // a clock that is set, or an agent that was away: a quarter of an hour
        agent.cycle();
        assertThat(agent.topic.upserted()).containsExactly(TestNode.id("new"));
        agent.clock.advance(Duration.ofDays(-365));
        agent.cycle();
        for (int quarter = 0; quarter < 2; quarter++) {
            agent.clock.advance(Duration.ofMinutes(15));
            agent.cycle();
        }
        assertThat(agent.topic.deleted()).isEmpty();
        agent.restart();
        agent.clock.advance(Duration.ofMinutes(15));
        ScanReport third = agent.cycle();
        assertThat(third.rows().deleted()).isEqualTo(25);
        assertThat(third.problems()).isEmpty();
        assertThat(agent.topic.table()).hasSize(1);
        node.close();
        assertThat(agent.cycle().databases().unchanged()).isEqualTo(1);
    }

    @Test
    void anotherSetOfMissingRowsBeginsTheConfirmationAnew() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 30)) {
            agent.cycle();
            node.execute("DELETE FROM TokensTable WHERE rowid > 10");
            agent.cycle();
            agent.cycle();
            node.execute("DELETE FROM TokensTable WHERE rowid > 9");
            assertThat(agent.cycle().rows().held()).isEqualTo(21);
            assertThat(agent.topic.deleted()).isEmpty();
        }
    }

    @Test
    void aTableThatCannotBeReadAnyMoreHasLostNothing() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 3)) {
            node.script("CREATE TABLE FTTokenTable (token_id text PRIMARY KEY, owner_did text, token_status integer)");
            node.execute("INSERT INTO FTTokenTable VALUES (?, ?, 0)", TestNode.id("ft"), TestNode.DID);
            agent.cycle();
            node.script("ALTER TABLE FTTokenTable RENAME COLUMN token_id TO ft_id").delete(1);
            for (int scan = 1; scan < 5; scan++) {
                node.status(2, scan);
                ScanReport report = agent.cycle();
                assertThat(report.problems()).extracting(problem -> problem.kind().code())
                        .containsExactly("no_id_column");
                assertThat(report.rows().held()).isEqualTo(1);
            }
            assertThat(agent.topic.deleted()).containsExactly(TestNode.id(1));
            assertThat(agent.topic.row(TestNode.id(2)).tokenStatus()).isEqualTo("4");
        }
    }

    @Test
    void whatIsLeftOfANodeStandsInTheWayOfNoConfirmation() throws IOException {
        TestNode node = TestNode.create(root, "n").tokens(0, 7);
        node.close();
        agent.cycle();
        Files.move(node.file(), node.file().resolveSibling("rubixtest.db"));
        Files.createFile(root.resolve("n/config.toml"));
        Files.createDirectory(root.resolve("n/.ipfs"));
        assertThat(agent.cycle().problems()).extracting(problem -> problem.kind().code())
                .containsExactlyInAnyOrder("database_vanished", "database_not_configured", "node_v1");
        confirm("n");
        assertThat(agent.cycle().rows().deleted()).isEqualTo(7);
        Files.move(node.file().resolveSibling("rubixtest.db"), node.file());
        agent.cycle();
        Files.createDirectory(root.resolve("n/Rubix").resolve(TestNode.DID));
        Files.delete(node.file());
        ScanReport report = agent.cycle();
        assertThat(report.problems()).extracting(problem -> problem.kind().code())
                .containsExactlyInAnyOrder("node_without_database", "node_v1");
        assertThat(report.rows().deleted()).isEqualTo(7);
    }

    @Test
    void aNodeThatIsGoneForGoodIsDeletedWhenTheOperatorConfirmsIt() throws IOException {
        TestNode.create(root, "other").token("o", 0).close();
        TestNode node = TestNode.create(root, "n").tokens(0, 7);
        node.close();
        agent.cycle();
        Files.delete(node.file());
        assertThat(agent.cycle().problems()).hasSize(1);
        assertThat(agent.topic.deleted()).isEmpty();
        confirm("n");
        ScanReport report = agent.cycle();
        assertThat(report.rows().deleted()).isEqualTo(7);
        assertThat(report.problems()).isEmpty();
        assertThat(agent.topic.table().keySet()).extracting(key -> key.nodeName()).containsExactly("other");
        assertThat(agent.cycle().rows().deleted()).isZero();
        TestNode.create(root, "n").token(3, 0).close();
        agent.cycle();
        assertThat(agent.topic.table()).hasSize(2);
    }

    @Test
    void aRootThatIsNotMountedIsNoDeletionWhateverIsConfirmed() throws IOException {
        TestNode.create(root, "n").tokens(0, 7).close();
        agent.cycle();
        Files.move(root, directory.resolve("unmounted"));
        confirm("n");
        assertThat(agent.cycle().problems()).extracting(problem -> problem.kind().code())
                .containsExactlyInAnyOrder("root_missing", "database_vanished");
        assertThat(agent.topic.deleted()).isEmpty();
    }

    @Test
    void rowsThatHaveMovedAreNoMassDeletionAlsoWhenTheScanWasBrokenOff() {
        agent.restart(config -> config.deletes = new DeletionLimits(0.1, Duration.ZERO, Set.of()));
        try (TestNode node = TestNode.create(root, "n").tokens(0, 60)) {
            agent.cycle();
            breakOffWhileAllMove(node, 35);
            ScanReport report = agent.cycle();
            assertThat(report.problems()).isEmpty();
            assertThat(report.rows().held()).isZero();
            assertThat(agent.topic.deleted()).isEmpty();
            assertThat(agent.topic.table()).hasSize(60);
            node.close();
            assertThat(agent.cycle().rows().published()).isZero();
        }
    }

    @Test
    void fewDeletionsAreNoMassDeletionBecauseOthersHaveMoved() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 60)) {
            agent.cycle();
            breakOffWhileAllMove(node, 35);
            node.execute(
                    "DELETE FROM TokensTable WHERE rowid IN (SELECT rowid FROM TokensTable ORDER BY rowid LIMIT 15)");
            ScanReport report = agent.cycle();
            assertThat(report.problems()).isEmpty();
            assertThat(Set.copyOf(agent.topic.deleted())).hasSize(15);
            assertThat(agent.topic.table()).hasSize(45);
        }
    }

    @Test
    void manyDeletionsAreHeldThoughOthersHaveMoved() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 60)) {
            agent.cycle();
            breakOffWhileAllMove(node, 20);
            node.execute("DELETE FROM TokensTable WHERE rowid <= 1007 OR rowid > 1036");
            for (int scan = 1; scan <= 2; scan++) {
                assertThat(agent.cycle().problems()).extracting(problem -> problem.kind().code())
                        .containsExactly("deletes_deferred");
                assertThat(agent.topic.deleted()).isEmpty();
            }
            confirm("n");
            agent.cycle();
            assertThat(Set.copyOf(agent.topic.deleted())).hasSize(31);
            assertThat(agent.topic.table()).hasSize(29);
        }
    }

    /** The agent publishes many of them in their new places and is killed before it can forget the old ones. */
    private void breakOffWhileAllMove(TestNode node, int answers) {
        node.script("UPDATE TokensTable SET rowid = 1000 + rowid");
        agent.topic.crashAfterBatches(answers);
        assertThatThrownBy(agent::cycle).isInstanceOf(Topic.Crash.class);
        agent.topic.neverCrash();
        agent.restart();
    }

    private void confirm(String node) {
        agent.restart(config -> config.deletes = new DeletionLimits(0.5, Duration.ZERO, Set.of(node)));
    }

    @Test
    void theOperatorConfirmsAMassDeletion() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 30)) {
            agent.cycle();
            node.execute("DELETE FROM TokensTable");
            agent.cycle();
            confirm("n");
            assertThat(agent.cycle().rows().deleted()).isEqualTo(30);
        }
    }
}
