package io.tokensync.scanner.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tokensync.common.model.TokenKind;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenRow;
import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.scanner.fixture.MachineTest;
import io.tokensync.scanner.fixture.Schema;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.identity.IdentityException;
import io.tokensync.scanner.report.ScanReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ScanCycleTest extends MachineTest {

    @ParameterizedTest
    @CsvSource({"G0, delete", "G1, delete", "G2, wal", "G3, wal", "G4, wal", "G4, delete"})
    void everyGenerationIsReadInBothJournalModes(Schema schema, String journalMode) {
        try (TestNode node = TestNode.create(root, "node001", schema, journalMode)) {
            node.tokens(0, 20);
            ScanReport report = agent.cycle();
            assertThat(report.problems()).isEmpty();
            assertThat(agent.topic.upserted()).hasSize(20).doesNotHaveDuplicates();
            TokenRecord record = agent.topic.records().getFirst();
            assertThat(record.key().nodeName()).isEqualTo("node001");
            assertThat(record.key().sourceIp()).isEqualTo("10.0.0.1");
            assertThat(record.provenance().sessionId()).isEqualTo(report.sessionId());
            assertThat(record.provenance().dbPath()).isEqualTo(node.file().toString());
            assertThat(agent.topic.row(TestNode.id(7))).isEqualTo(new TokenRow(TestNode.DID, "0", "1.0", null,
                    TokenKind.WHOLE, null, null, null, null, List.of()));
        }
    }

    @Test
    void timesOfTheNewestGenerationBecomeUtc() {
        try (TestNode node = TestNode.create(root, "n", Schema.G4, "wal")) {
            node.token("a", 0).execute("UPDATE TokensTable SET created_at = ?, updated_at = ?",
                    "2025-03-01 10:00:00.123456789+05:30", "0001-01-01 00:00:00+00:00");
            agent.cycle();
            TokenRow row = agent.topic.row(TestNode.id("a"));
            assertThat(row.createdAt()).isEqualTo(Instant.parse("2025-03-01T04:30:00.123456700Z"));
            assertThat(row.updatedAt()).isNull();
            assertThat(row.validationErrors()).isEmpty();
        }
    }

    @Test
    void allTablesAreReadUnderTheirOwnColumnNames() {
        try (TestNode node = TestNode.create(root, "n")) {
            node.script("CREATE TABLE FTTokenTable (token_id text, ft_name text, owner_did text, creator_did text,"
                    + " token_status integer, token_value real, token_state_hash text, transaction_id text,"
                    + " PRIMARY KEY (token_id))",
                    "CREATE TABLE NFTTokensTable (token_id text, did text, token_status integer, token_value real,"
                            + " PRIMARY KEY (token_id))",
                    "CREATE TABLE smartcontract (smart_contract_hash text, deployer text, binary_code_hash text,"
                            + " contract_status integer, PRIMARY KEY (smart_contract_hash))",
                    "CREATE TABLE DataTokensTable (token_id text, did text, commiter_did text, batch_id text,"
                            + " token_status integer, PRIMARY KEY (token_id))");
            node.token("rbt", 0);
            node.execute("INSERT INTO FTTokenTable VALUES (?, 'TRI', ?, 'c', 4, 0.001, 'h', 't')", TestNode.id("ft"),
                    TestNode.DID);
            node.execute("INSERT INTO NFTTokensTable VALUES (?, ?, 0, 0)", TestNode.id("nft"), TestNode.DID);
            node.execute("INSERT INTO smartcontract VALUES (?, ?, 'b', 7)", TestNode.id("sc"), TestNode.DID);
            node.execute("INSERT INTO DataTokensTable VALUES (?, ?, 'c', 'b', 5)", TestNode.id("data"), TestNode.DID);
            agent.cycle();
            assertThat(agent.topic.row(TestNode.id("ft"))).isEqualTo(new TokenRow(TestNode.DID, "4", "0.001", null,
                    TokenKind.FT, null, null, "h", "t", List.of()));
            assertThat(agent.topic.row(TestNode.id("nft")).tokenKind()).isEqualTo(TokenKind.NFT);
            assertThat(agent.topic.row(TestNode.id("sc"))).isEqualTo(new TokenRow(TestNode.DID, "7", null, null,
                    TokenKind.CONTRACT, null, null, null, null, List.of()));
            assertThat(agent.topic.row(TestNode.id("data")).tokenKind()).isEqualTo(TokenKind.DATA);
        }
    }

    @Test
    void aSecondPassOverUnchangedNodesReadsAndPublishesNothing() {
        try (TestNode node = TestNode.create(root, "n")) {
            node.tokens(0, 10);
        }
        agent.cycle();
        agent.topic.clear();
        ScanReport second = agent.cycle();
        assertThat(second.databases()).isEqualTo(new ScanReport.Databases(1, 0, 1, 0));
        assertThat(second.rows().read()).isZero();
        assertThat(agent.topic.records()).isEmpty();
    }

    @Test
    void aRestartKeepsWhatWasPublished() {
        try (TestNode node = TestNode.create(root, "n", Schema.G4, "wal")) {
            node.tokens(0, 10);
            agent.cycle();
            agent.topic.clear();
            agent.restart();
            node.status(3, 4);
            ScanReport report = agent.cycle();
            assertThat(agent.topic.upserted()).containsExactly(TestNode.id(3));
            assertThat(report.rows().unchanged()).isEqualTo(9);
        }
    }

    @ParameterizedTest
    @CsvSource({"delete", "wal"})
    void exactlyTheChangedRowsArePublished(String journalMode) {
        try (TestNode node = TestNode.create(root, "n", Schema.G2, journalMode)) {
            node.tokens(0, 30);
            agent.cycle();
            agent.topic.clear();
            node.status(5, 4).delete(6).delete(29).token("new", 0);
            node.execute("UPDATE TokensTable SET added = 1 WHERE token_id = ?", TestNode.id(8));
            ScanReport report = agent.cycle();
            assertThat(agent.topic.upserted()).containsExactlyInAnyOrder(TestNode.id(5), TestNode.id("new"));
            assertThat(agent.topic.deleted()).containsExactlyInAnyOrder(TestNode.id(6), TestNode.id(29));
            assertBalanced(report);
        }
    }

    @Test
    void aRowThatComesBackIsPublishedAboveItsDeletion() {
        try (TestNode node = TestNode.create(root, "n")) {
            node.token("a", 0).token("b", 0);
            agent.cycle();
            node.delete("a");
            agent.cycle();
            assertThat(agent.topic.table()).hasSize(1);
            node.token("a", 0);
            agent.cycle();
            assertThat(agent.topic.table()).hasSize(2);
        }
    }

    @Test
    void anUpgradeThatOnlyAddsColumnsPublishesNothing() {
        try (TestNode node = TestNode.create(root, "n", Schema.G0, "delete")) {
            node.tokens(0, 5);
            agent.cycle();
            agent.topic.clear();
            node.script("ALTER TABLE TokensTable ADD COLUMN token_state_hash text",
                    "ALTER TABLE TokensTable ADD COLUMN created_at datetime",
                    "UPDATE TokensTable SET token_state_hash = ''");
            ScanReport report = agent.cycle();
            assertThat(report.rows().unchanged()).isEqualTo(5);
            assertThat(agent.topic.records()).isEmpty();
        }
    }

    @Test
    void brokenDatabasesStopNoOther() throws IOException {
        node("garbage", "this is not a database, and is longer than a header of one hundred bytes would be, surely so");
        node("empty", "");
        TestNode.bare(root, "tableless").script("CREATE TABLE x (y)").close();
        TestNode.bare(root, "columnless").script("CREATE TABLE TokensTable (y)").close();
        Files.createDirectories(root.resolve("elsewhere"));
        Files.writeString(root.resolve("elsewhere").resolve("rubix.db"), "x");
        TestNode.create(root, "good").token("a", 0).close();
        ScanReport report = agent.cycle();
        assertThat(report.databases()).isEqualTo(new ScanReport.Databases(5, 1, 0, 4));
        assertThat(report.problems())
                .extracting(problem -> problem.kind().code() + " " + root.relativize(problem.path()))
                .containsExactlyInAnyOrder("not_a_database garbage/Rubix/rubix.db", "empty_file empty/Rubix/rubix.db",
                        "no_tokens_table tableless/Rubix/rubix.db", "no_id_column columnless/Rubix/rubix.db",
                        "not_a_node elsewhere/rubix.db");
        assertThat(agent.topic.records()).hasSize(1);
    }

    @Test
    void aLockedDatabaseIsReportedAsBusyAndNeverReadAsEmpty() {
        try (TestNode node = TestNode.create(root, "n")) {
            node.tokens(0, 5);
            agent.cycle();
            agent.topic.clear();
            node.status(1, 4).execute("BEGIN EXCLUSIVE").execute("DELETE FROM TokensTable");
            ScanReport report = agent.cycle();
            assertThat(report.problems()).singleElement()
                    .satisfies(problem -> assertThat(problem.kind().code()).isEqualTo("database_busy"));
            node.execute("ROLLBACK");
            assertThat(report.databases().failed()).isEqualTo(1);
            assertThat(agent.cycle().rows().published()).isEqualTo(1);
            assertThat(agent.topic.deleted()).isEmpty();
        }
    }

    @Test
    void whatWasSentBeforeReadingBrokeOffIsRemembered() {
        try (TestNode node = TestNode.create(root, "n")) {
            node.tokens(0, 60).script("PRAGMA busy_timeout = 5000");
            AtomicBoolean locked = new AtomicBoolean();
            agent.topic.rejectForSize(_ -> {
                if (!locked.getAndSet(true)) {
                    node.execute("BEGIN EXCLUSIVE");
                }
                return false;
            });
            assertThat(agent.cycle().databases().failed()).isEqualTo(1);
            node.execute("ROLLBACK");
            assertThat(agent.topic.upserted()).as("a page, those that were read ahead, and those compared together")
                    .hasSizeBetween(3, 45);
            agent.cycle();
            assertThat(agent.topic.upserted()).hasSize(60).doesNotHaveDuplicates();
        }
    }

    @Test
    void anotherIdentityStopsTheAgent() {
        try (TestNode node = TestNode.create(root, "n")) {
            node.token("a", 0);
            agent.cycle();
            agent.restart(config -> config.identity = ScannerConfig.Identity.of("10.0.0.2"));
            assertThatThrownBy(() -> agent.cycle()).isInstanceOf(IdentityException.class)
                    .hasMessageContaining("10.0.0.1").hasMessageContaining("10.0.0.2")
                    .hasMessageContaining("the 1 rows under 10.0.0.1")
                    .hasMessageContaining("scanner.replaces-source-ip");
            agent.restart(config -> config.identity = new ScannerConfig.Identity(Optional.of("10.0.0.2"),
                    Optional.of("10.0.0.1")));
            assertThat(agent.cycle().rows().published()).isEqualTo(1);
            assertThat(agent.topic.records().getLast().key().sourceIp()).isEqualTo("10.0.0.2");
        }
    }

    @Test
    void theProgressKnowsAboutHowManyRowsThereAre() {
        TestNode.create(root, "a").tokens(0, 8).close();
        TestNode.create(root, "b").tokens(0, 9).close();
        agent.cycle();
        assertThat(agent.progress.estimatedRows()).isEqualTo(17);
        assertThat(agent.progress.databasesDone()).isEqualTo(agent.progress.databasesToRead()).isEqualTo(2);
    }

    private void node(String name, String content) throws IOException {
        Path rubix = Files.createDirectories(root.resolve(name).resolve("Rubix"));
        Files.writeString(rubix.resolve("rubix.db"), content);
    }
}
