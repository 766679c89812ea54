package io.tokensync.scanner.verify;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.verification.NodeDigest;
import io.tokensync.common.verification.NodeVerdict;
import io.tokensync.common.verification.Outcome;
import io.tokensync.common.verification.StartedBy;
import io.tokensync.scanner.fixture.MachineTest;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.fixture.TestTable;
import io.tokensync.scanner.report.ScanReport;
import io.tokensync.scanner.state.Confirmation;
import io.tokensync.scanner.state.Confirmations;
import io.tokensync.scanner.state.sqlite.StateView;

import static org.assertj.core.api.Assertions.assertThat;

class RepairTest extends MachineTest {

    private TestTable table;

    @BeforeEach
    void startTable() {
        table = new TestTable(agent);
    }

    @Test
    void aNewStateVerifiesInTheScanThatPublishesEverything() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 100)) {
            assertThat(agent.cycle().databases().read()).isOne();
            assertThat(agent.topic.digests()).singleElement().satisfies(digest -> {
                assertThat(digest.startedBy()).isEqualTo(StartedBy.NEW_STATE);
                assertThat(digest.rows()).isEqualTo(100);
                assertThat(digest.watermark()).isGreaterThan(agent.topic.records().stream()
                        .mapToLong(record -> record.recordVersion()).max().orElseThrow());
            });
            table.verify();
            assertThat(table.outcomes).containsExactly(Outcome.EQUAL);
            agent.cycle();
            assertThat(agent.cycle().databases().read()).as("nothing is to be done").isZero();
            assertThat(node.file()).exists();
        }
    }

    @Test
    void rowsChangedDeletedAndInsertedByHandComeBackRight() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 300)) {
            agent.cycle();
            table.apply();
            Map<TokenKey, TokenRow> right = table.rows();
            table.topicForgot();
            TokenRow some = right.get(key("n", 1));
            table.write(key("n", 1), table.state(key("n", 1)).row().version(), with("13", some));
            table.remove(key("n", 2));
            table.write(key("n", "by hand"), 1, some);
            dayPasses();
            agent.cycle();
            assertThat(agent.topic.records()).as("nothing sent but a digest").isEmpty();
            table.verify();
            assertThat(table.outcomes).containsExactly(Outcome.DIFFERS);
            ScanReport report = agent.cycle();
            assertBalanced(report);
            assertThat(agent.topic.upserted()).containsExactlyInAnyOrder(TestNode.id(1), TestNode.id(2));
            assertThat(agent.topic.deleted()).containsExactly(TestNode.id("by hand"));
            table.verify();
            assertThat(table.rows()).isEqualTo(right);
            assertThat(table.outcomes).endsWith(Outcome.EQUAL);
            assertThat(agent.topic.digests().getLast().startedBy()).isEqualTo(StartedBy.REPAIR);
            assertThat(agent.topic.digests().getLast().repaired()).isEqualTo(new NodeDigest.Repaired(2, 1, 0));
            agent.cycle();
            assertThat(agent.cycle().databases().read()).isZero();
            assertThat(node.file()).exists();
        }
    }

    @Test
    void aTruncatedTableAndATopicThatForgotEndWithEverything() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 200)) {
            agent.cycle();
            table.topicForgot();
            Map<TokenKey, TokenRow> right = table.rows();
            table.truncate();
            dayPasses();
            repairUntilEqual();
            assertThat(table.rows()).isEqualTo(right);
            assertThat(node.file()).exists();
        }
    }

    @Test
    void deletionsBeforeALossOfTheStateAreFoundAfterIt() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 300)) {
            agent.cycle();
            table.verify();
            agent.forgetEverything();
            agent.clock.advance(Duration.ofMinutes(1));
            node.execute("DELETE FROM TokensTable WHERE rowid > 250").status(3, 4);
            agent.cycle();
            table.verify();
            assertThat(table.outcomes).endsWith(Outcome.DIFFERS);
            assertThat(table.rows()).hasSize(300);
            repairUntilEqual();
            assertThat(table.rows()).hasSize(250);
            assertThat(agent.topic.digests().getLast().repaired().deleted()).isEqualTo(50);
        }
    }

    @Test
    void moreDeletionsThanAreBelievedAtOnceWaitForAConfirmation() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 100)) {
            agent.cycle();
            table.verify();
            agent.forgetEverything();
            agent.clock.advance(Duration.ofMinutes(1));
            node.execute("DELETE FROM TokensTable WHERE rowid > 20");
            agent.cycle();
            table.verify();
            agent.cycle();
            table.verify();
            assertThat(table.rows()).as("deferred").hasSize(100);
            assertThat(agent.topic.digests().getLast().repaired().deferred()).isEqualTo(80);
            int digests = agent.topic.digests().size();
            agent.cycle();
            table.verify();
            agent.cycle();
            assertThat(agent.topic.digests().size()).as("no round without end").isLessThan(digests + 4);
            confirm("n");
            agent.cycle();
            table.verify();
            assertThat(table.rows()).hasSize(20);
            assertThat(table.outcomes).endsWith(Outcome.EQUAL);
            assertThat(agent.topic.digests().getLast().repaired().deleted()).isEqualTo(80);
        }
    }

    @Test
    void repairGoesOnAfterTheProcessWasKilledAnywhere() {
        for (int writes = 0; writes < 14; writes++) {
            String name = "n" + writes;
            try (TestNode node = TestNode.create(root, name).tokens(0, 60)) {
                agent.cycle();
                table.apply();
                Map<TokenKey, TokenRow> right = table.rows();
                table.remove(key(name, 2));
                for (int i = 0; i < 5; i++) {
                    table.write(key(name, "by hand " + i), 1, right.get(key(name, 1)));
                }
                table.verify();
                agent.fate.dieAfter(writes, writes % 2 == 0);
                agent.survives(agent::cycle);
                repairUntilEqual();
                assertThat(table.rows()).isEqualTo(right);
                assertThat(node.file()).exists();
            }
        }
    }

    @Test
    void aRestartFindsTheAnswerAgain() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 100)) {
            agent.cycle();
            table.apply();
            table.remove(key("n", 2));
            List<NodeVerdict> parts = table.compare(agent.topic.digests().getLast());
            agent.restart();
            agent.cycle();
            table.topicForgot();
            parts.forEach(table::send);
            agent.cycle();
            assertThat(agent.topic.upserted()).containsExactly(TestNode.id(2));
            assertThat(node.file()).exists();
        }
    }

    @Test
    void aRecordThatNoBrokerTakesIsNoRowOfTheNode() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 50)) {
            agent.topic.rejectForSize(record -> record.key().tokenId().equals(TestNode.id(7)));
            agent.cycle();
            assertThat(agent.topic.digests().getLast().rows()).isEqualTo(49);
            table.verify();
            assertThat(table.outcomes).containsExactly(Outcome.EQUAL);
            assertThat(node.file()).exists();
        }
    }

    @Test
    void aNodeIsVerifiedOnceInEachInterval() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 20);
                TestNode other = TestNode.create(root, "m").tokens(0, 20)) {
            for (int hour = 0; hour < 24 * 10; hour++) {
                agent.cycle();
                agent.clock.advance(Duration.ofHours(1));
            }
            assertThat(agent.topic.digests().stream().filter(digest -> digest.nodeName().equals("n")).count())
                    .isBetween(10L, 11L);
            List<Integer> hours = Stream.of("n", "m").map(name -> agent.topic.digests().stream()
                    .filter(digest -> digest.nodeName().equals(name)).toList().getLast().asOf()
                    .atZone(ZoneOffset.UTC).getHour()).toList();
            assertThat(hours.getFirst()).as("not in step").isNotEqualTo(hours.getLast());
            assertThat(node.file()).isNotEqualTo(other.file());
        }
    }

    private void repairUntilEqual() {
        int rounds = 0;
        do {
            agent.cycle();
            table.verify();
            assertThat(rounds++).as("rounds").isLessThan(8);
        } while (!table.outcomes.getLast().equals(Outcome.EQUAL));
    }

    private void dayPasses() {
        agent.clock.advance(Duration.ofHours(24));
    }

    private void confirm(String node) {
        agent.restart();
        try (StateView view = StateView.open(stateDir())) {
            Confirmation confirmation = view.confirmable(view.status().databases().stream()
                    .filter(database -> database.nodeName().equals(node)).findFirst().orElseThrow()).orElseThrow();
            assertThat(new Confirmations(stateDir()).add(confirmation)).isTrue();
        }
    }

    private static TokenKey key(String node, Object content) {
        return new TokenKey("10.0.0.1", node, TestNode.id(content));
    }

    private static TokenRow with(String status, TokenRow row) {
        return new TokenRow(row.did(), status, row.tokenValue(), row.parentTokenId(), row.tokenKind(),
                row.createdAt(), row.updatedAt(), row.tokenStateHash(), row.transactionId(), row.validationErrors());
    }
}
