package io.tokensync.scanner.verify;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.verification.Outcome;
import io.tokensync.common.verification.StartedBy;
import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.scanner.diff.StatusFilter;
import io.tokensync.scanner.fixture.MachineTest;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.fixture.TestTable;
import io.tokensync.scanner.source.sqlite.file.ReadingConfig;
import io.tokensync.scanner.state.sqlite.StateDirectory;

import static org.assertj.core.api.Assertions.assertThat;

/** When a node is verified, and of what. */
class VerificationTest extends MachineTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    private TestTable table;

    @BeforeEach
    void startTable() {
        table = new TestTable(agent);
    }

    @Test
    void aDamagedStateIsVerifiedBecauseDeletionsMayHaveGoneUnnoticed() throws Exception {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 300)) {
            agent.cycle();
            table.verify();
            agent.restart();
            try (Connection connection = DriverManager
                    .getConnection("jdbc:sqlite:" + stateDir().resolve(StateDirectory.FILE));
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("UPDATE chunk SET checksum = checksum + 1 WHERE id = 1");
            }
            node.execute("DELETE FROM TokensTable WHERE rowid < 20");
            assertThat(agent.cycle().repaired()).isTrue();
            agent.cycle();
            assertThat(agent.topic.digests().getLast().startedBy()).isEqualTo(StartedBy.NEW_STATE);
            table.verify();
            assertThat(table.rows().size()).as("forgotten").isGreaterThan(281);
            agent.cycle();
            table.verify();
            assertThat(table.rows()).hasSize(281);
            assertThat(table.outcomes).endsWith(Outcome.EQUAL);
        }
    }

    @Test
    void whereNoAnswersCanComeNothingIsAsked() {
        agent.followed = false;
        TestNode.create(root, "n").tokens(0, 10).close();
        agent.cycle();
        assertThat(agent.topic.digests()).as("there may be no such topic").isEmpty();
        agent.followed = true;
        agent.cycle();
        assertThat(agent.topic.digests()).hasSize(1);
    }

    @Test
    void withoutAnIntervalOnlyWhatIsAskedForIsVerified() {
        agent.restart(config -> config.schedule = new ScannerConfig.Schedule(false, Duration.ofSeconds(30), 0, 0,
                Duration.ZERO));
        TestNode.create(root, "n").tokens(0, 10).close();
        for (int day = 0; day < 5; day++) {
            agent.cycle();
            agent.clock.advance(Duration.ofDays(1));
        }
        assertThat(agent.topic.digests()).isEmpty();
    }

    @Test
    void aNodeThatChangesWhileItIsReadIsReadAgainButNotForEver() {
        // Pages are read ahead while the node writes: in each other's way they wait, as in the field.
        agent.restart(config -> config.reading = new ReadingConfig(3, LONG, LONG, 1, 10, LONG));
        try (TestNode node = TestNode.create(root, "n").tokens(0, 30)) {
            int[] edits = {30};
            agent.topic.rejectForSize(_ -> {
                node.token(edits[0]++, 0);
                return false;
            });
            assertThat(agent.cycle().problems()).isEmpty();
            assertThat(agent.cycle().problems()).isEmpty();
            assertThat(agent.topic.digests()).as("it changed").isEmpty();
            assertThat(agent.cycle().problems()).isEmpty();
            assertThat(agent.topic.digests()).hasSize(1);
            table.verify();
            assertThat(table.outcomes).doesNotContain(Outcome.DIFFERS);
        }
    }

    @Test
    void whatATableHoldsThatCannotBeReadIsNotTakenForGone() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 30)) {
            node.script("CREATE TABLE NFTTokensTable (token_id text PRIMARY KEY, did text, token_status integer)");
            for (int i = 100; i < 105; i++) {
                node.execute("INSERT INTO NFTTokensTable VALUES (?, ?, 0)", TestNode.id(i), TestNode.DID);
            }
            agent.cycle();
            table.verify();
            agent.forgetEverything();
            agent.clock.advance(Duration.ofMinutes(1));
            agent.cycle();
            table.verify();
            // Behind the digest the table becomes another, so that nothing of it can be read.
            node.script("DROP TABLE NFTTokensTable", "CREATE TABLE NFTTokensTable (something text)");
            table.topicForgot();
            for (int day = 0; day < 3; day++) {
                agent.cycle();
                table.verify();
                agent.clock.advance(Duration.ofDays(1));
            }
            assertThat(agent.topic.digests()).as("nobody says that the node holds less").isEmpty();
            assertThat(agent.topic.deleted()).isEmpty();
        }
    }

    @Test
    void rowsThatWereFollowedWhateverTheirStatusComeBackAfterALossOfTheState() {
        agent.restart(config -> config.statuses = StatusFilter.of(List.of("0")));
        try (TestNode node = TestNode.create(root, "n").tokens(0, 40)) {
            node.token("never wanted", 4);
            agent.cycle();
            node.status(1, 4);
            agent.cycle();
            table.verify();
            Map<TokenKey, TokenRow> right = table.rows();
            assertThat(right).hasSize(40);
            agent.forgetEverything();
            agent.clock.advance(Duration.ofMinutes(1));
            node.status(1, 13);
            agent.cycle();
            table.verify();
            agent.cycle();
            table.verify();
            assertThat(table.rows()).hasSize(40);
            assertThat(table.rows().get(new TokenKey("10.0.0.1", "n", TestNode.id(1))).tokenStatus()).isEqualTo("13");
            assertThat(table.outcomes).endsWith(Outcome.EQUAL);
        }
    }

    @Test
    void anIdentityThatIsNewKnowsOfNoVerification() {
        TestNode.create(root, "n").tokens(0, 10).close();
        agent.cycle();
        agent.restart(config -> config.identity = new ScannerConfig.Identity(java.util.Optional.of("10.0.0.2"),
                java.util.Optional.of("10.0.0.1")));
        agent.cycle();
        assertThat(agent.topic.digests()).extracting(digest -> digest.sourceIp()).containsExactly("10.0.0.1",
                "10.0.0.2");
    }
}
