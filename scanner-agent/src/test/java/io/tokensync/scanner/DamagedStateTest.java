package io.tokensync.scanner;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.receipt.Receipt;
import io.tokensync.scanner.config.DeletionLimits;
import io.tokensync.scanner.fixture.MachineTest;
import io.tokensync.scanner.fixture.Receipts;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.fixture.Topic;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.report.ScanReport;
import io.tokensync.scanner.state.CorruptStateException;
import io.tokensync.scanner.state.DamagedRowsException;
import io.tokensync.scanner.state.sqlite.StateDirectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Damage in what the state remembers of one database costs that database one more sendFuture, and nobody else anything. */
class DamagedStateTest extends MachineTest {
    private static final int ROWS = 300;
    private static final String SECOND_CHUNK = "(SELECT id FROM chunk ORDER BY place LIMIT 1 OFFSET 1)";

    @Test
    void onlyTheDatabaseOfADamagedChunkIsPublishedAgain() throws Exception {
        TestNode.create(root, "other").tokens(0, 4).close();
        try (TestNode node = TestNode.create(root, "n").tokens(0, ROWS)) {
            agent.cycle();
            long last = agent.topic.records().getLast().recordVersion();
            agent.topic.clear();
            damage("UPDATE chunk SET checksum = 77 WHERE id = (SELECT c.id FROM chunk c JOIN database d"
                    + " ON d.id = c.database WHERE node_name = 'n' ORDER BY place LIMIT 1 OFFSET 1)");
            node.status(1, 4).delete(2).delete(ROWS - 1);
            ScanReport report = agent.cycle();
            assertThat(report.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.kind()).isEqualTo(ProblemKind.STATE_DAMAGED);
                assertThat(problem.path()).isEqualTo(node.file());
                assertThat(problem.reason()).contains(stateDir().toString()).contains("1 places");
            });
            assertThat(report.repaired()).isTrue();
            assertThat(report.databases().unchanged()).isEqualTo(1);
            assertThat(agent.cycle().problems()).isEmpty();
            assertThat(agent.topic.table()).hasSize(ROWS - 2).allSatisfy((key, _) -> assertThat(key.nodeName())
                    .isEqualTo("n"));
            assertThat(agent.topic.row(TestNode.id(1)).tokenStatus()).isEqualTo("4");
            assertThat(agent.topic.deleted()).containsExactlyInAnyOrder(TestNode.id(2), TestNode.id(ROWS - 1));
            assertThat(agent.topic.records()).extracting(TokenRecord::recordVersion).doesNotHaveDuplicates()
                    .allMatch(version -> version > last);
            Receipts.assertTrue(agent.topic);
            assertThat(count("SELECT checksum FROM damaged WHERE source = 'chunk' AND length(data) > 3000"))
                    .isEqualTo(77);
            node.close();
            assertThat(agent.cycle().databases().unchanged()).isEqualTo(2);
        }
    }

    @Test
    void aRowWhoseNewestPlaceIsDamagedIsNotBelievedInItsOldOne() throws Exception {
        try (TestNode node = TestNode.create(root, "n").tokens(0, ROWS)) {
            agent.cycle();
            node.execute("UPDATE TokensTable SET rowid = -5, token_status = 4 WHERE token_id = ?", TestNode.id(250));
            node.execute("UPDATE TokensTable SET token_status = 1 WHERE rowid BETWEEN 1 AND 60");
            agent.topic.crashAfterBatches(10);
            assertThatThrownBy(agent::cycle).isInstanceOf(Topic.Crash.class);
            agent.topic.neverCrash();
            agent.restart();
            assertThat(agent.topic.row(TestNode.id(250)).tokenStatus()).isEqualTo("4");
            node.execute("UPDATE TokensTable SET rowid = 251, token_status = 0 WHERE token_id = ?", TestNode.id(250));
            damage("UPDATE chunk SET checksum = checksum + 1 WHERE place = (SELECT min(place) FROM chunk)");
            agent.cycle();
            agent.cycle();
            assertThat(agent.topic.row(TestNode.id(250)).tokenStatus()).isEqualTo("0");
            assertThat(agent.topic.table()).hasSize(ROWS);
        }
    }

    @Test
    void aDamagedIntentIsQuarantinedToo() throws Exception {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 9)) {
            agent.topic.crashAfterBatches(2);
            assertThatThrownBy(agent::cycle).isInstanceOf(Topic.Crash.class);
            agent.topic.neverCrash();
            agent.restart();
            damage("UPDATE intent SET data = x'010203040506' WHERE id = (SELECT max(id) FROM intent)");
            assertThat(agent.cycle().repaired()).isTrue();
            node.delete(0);
            assertThat(agent.cycle().problems()).isEmpty();
            assertThat(agent.topic.table()).hasSize(8);
            assertThat(count("SELECT count(*) FROM damaged WHERE source = 'intent'")).isEqualTo(1);
        }
    }

    @Test
    void ofADatabaseThatIsGoneForGoodTheUndamagedRowsAreDeleted() throws Exception {
        TestNode node = TestNode.create(root, "n").tokens(0, ROWS);
        node.close();
        agent.cycle();
        Files.delete(node.file());
        agent.restart(config -> config.deletes = new DeletionLimits(0.5, Duration.ZERO, Set.of("n")));
        damage("UPDATE chunk SET checksum = checksum + 1 WHERE id = " + SECOND_CHUNK);
        agent.topic.clear();
        assertThat(agent.cycle().problems()).extracting(problem -> problem.kind().code())
                .containsExactly("state_damaged");
        assertThat(agent.topic.receipts()).anyMatch(receipt -> receipt instanceof Receipt.DatabaseScanned scanned
                && scanned.ended() && scanned.problem() != null);
        assertThat(agent.cycle().problems()).isEmpty();
        assertThat(agent.topic.deleted()).hasSize(ROWS - (int) count("SELECT rows FROM damaged"));
        Receipts.assertTrue(agent.topic);
        assertThat(count("SELECT count(*) FROM database")).isZero();
    }

    @Test
    void nothingOfTheOtherDatabasesIsQuarantined() throws Exception {
        for (String name : List.of("a", "b")) {
            TestNode.create(root, name).tokens(0, ROWS).close();
        }
        agent.cycle();
        agent.topic.clear();
        damage("UPDATE chunk SET checksum = checksum + 1");
        for (String name : List.of("a", "b")) {
            try (TestNode node = TestNode.open(TestNode.fileOf(root, name))) {
                node.status(1, 4);
            }
        }
        assertThat(agent.cycle().databases().failed()).isEqualTo(2);
        assertThat(agent.cycle().rows().published()).isEqualTo(2 * ROWS);
        assertThat(noStateIsQuarantined()).isTrue();
    }

    @Test
    void anIndexThatLeadsAstrayIsDamageOfTheWholeFile() throws Exception {
        TestNode.create(root, "other").tokens(0, 4).close();
        try (TestNode node = TestNode.create(root, "n").tokens(0, ROWS)) {
            agent.cycle();
            agent.restart();
            String index = "'index', name, tbl_name, rootpage, sql FROM sqlite_master WHERE name = 'chunk_key'";
            damage("PRAGMA writable_schema = ON", "CREATE TABLE kept AS SELECT " + index,
                    "DELETE FROM sqlite_master WHERE name = 'chunk_key'");
            damage("DELETE FROM chunk WHERE id = " + SECOND_CHUNK, "UPDATE chunk SET checksum = checksum + 1");
            damage("PRAGMA writable_schema = ON", "INSERT INTO sqlite_master SELECT * FROM kept", "DROP TABLE kept");
            node.status(9, 4);
            assertThatThrownBy(agent::cycle).isInstanceOf(CorruptStateException.class)
                    .isNotInstanceOf(DamagedRowsException.class);
            agent.passThroughDamage();
            assertThat(agent.topic.table()).hasSize(ROWS + 4);
            assertThat(agent.topic.row(TestNode.id(9)).tokenStatus()).isEqualTo("4");
        }
    }

    @Test
    void anIndexThatDiffersFromItsTableIsDamageOfTheWholeFile() throws Exception {
        try (TestNode node = TestNode.create(root, "n").tokens(0, ROWS)) {
            agent.cycle();
            agent.restart();
            damage("UPDATE chunk SET rows = rows - 1 WHERE id = " + SECOND_CHUNK);
            String index = "'index', name, tbl_name, rootpage, sql FROM sqlite_master WHERE name = 'chunk_key'";
            damage("PRAGMA writable_schema = ON", "CREATE TABLE kept AS SELECT " + index,
                    "DELETE FROM sqlite_master WHERE name = 'chunk_key'");
            damage("UPDATE chunk SET rows = rows + 1 WHERE id = " + SECOND_CHUNK);
            damage("PRAGMA writable_schema = ON", "INSERT INTO sqlite_master SELECT * FROM kept", "DROP TABLE kept");
            node.status(9, 4);
            assertThatThrownBy(agent::cycle).isInstanceOf(CorruptStateException.class)
                    .isNotInstanceOf(DamagedRowsException.class);
            agent.passThroughDamage();
            assertThat(agent.topic.table()).hasSize(ROWS);
            assertThat(agent.topic.row(TestNode.id(9)).tokenStatus()).isEqualTo("4");
        }
    }

    private boolean noStateIsQuarantined() throws IOException {
        try (var files = Files.list(stateDir())) {
            return files.noneMatch(file -> file.getFileName().toString().contains(".damaged-"));
        }
    }

    private void damage(String... updates) throws SQLException {
        try (Connection state = state(); Statement statement = state.createStatement()) {
            for (String update : updates) {
                statement.executeUpdate(update);
            }
        }
    }

    private long count(String query) throws SQLException {
        try (Connection state = state(); ResultSet row = state.createStatement().executeQuery(query)) {
            return row.getLong(1);
        }
    }

    private Connection state() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + stateDir().resolve(StateDirectory.FILE));
    }
}
