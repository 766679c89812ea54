package io.tokensync.scanner.verify;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.model.TokenKey;
import io.tokensync.common.verification.NodeDigest;
import io.tokensync.common.verification.NodeVerdict;
import io.tokensync.common.verification.Outcome;
import io.tokensync.scanner.fixture.MachineTest;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.fixture.TestTable;
import io.tokensync.scanner.report.ScanReport;

import static org.assertj.core.api.Assertions.assertThat;

/** What an agent makes of answers: those of others, old ones, parts of them, contradicting and hostile ones. */
class RepairAnswersTest extends MachineTest {
    private static final long MICROS = 1_000_000;

    private TestTable table;

    @BeforeEach
    void startTable() {
        table = new TestTable(agent);
    }

    @Test
    void answersOfOthersAndOldOnesCountForNothing() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 100)) {
            agent.cycle();
            table.apply();
            table.remove(key("n", 2));
            NodeDigest digest = agent.topic.digests().getLast();
            NodeVerdict right = table.compare(digest).getFirst();
            table.topicForgot();
            for (NodeVerdict wrong : List.of(
                    answer(right, "10.0.0.2", digest.agentId(), digest.watermark()),
                    answer(right, right.sourceIp(), "11111111-1111-1111-1111-111111111111", digest.watermark()),
                    answer(right, right.sourceIp(), digest.agentId(), digest.watermark() - 1))) {
                table.send(wrong);
                assertThat(agent.cycle().databases().read()).as("%s", wrong).isZero();
            }
            table.send(right);
            agent.cycle();
            assertThat(agent.topic.upserted()).containsExactly(TestNode.id(2));
            table.topicForgot();
            table.send(right);
            assertThat(agent.cycle().databases().read()).as("answered since").isZero();
            assertThat(node.file()).exists();
        }
    }

    @Test
    void partsComeInAnyOrderAndTwiceAndCountOnlyTogether() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 1_000)) {
            agent.cycle();
            table.apply();
            table.remove(key("n", 2));
            List<NodeVerdict> parts = table.compare(agent.topic.digests().getLast());
            assertThat(parts.size()).isGreaterThan(3);
            table.topicForgot();
            for (NodeVerdict part : parts.subList(1, parts.size()).reversed()) {
                table.send(part);
                table.send(part);
            }
            assertThat(agent.cycle().databases().read()).isZero();
            table.send(parts.getFirst());
            agent.cycle();
            assertThat(agent.topic.upserted()).containsExactly(TestNode.id(2));
            assertThat(node.file()).exists();
        }
    }

    @Test
    void ofTwoDatabasesTheOneThatDiffersIsRepairedWhicheverAnswersFirst() {
        for (boolean equalFirst : List.of(true, false)) {
            try (TestNode node = TestNode.create(root, "n" + equalFirst).tokens(0, 30)) {
                agent.cycle();
                table.apply();
                NodeDigest digest = agent.topic.digests().getLast();
                NodeVerdict equal = table.compare(digest).getFirst();
                table.remove(key("n" + equalFirst, 2));
                agent.clock.advance(Duration.ofSeconds(equalFirst ? 1 : -1));
                List<NodeVerdict> differs = table.compare(digest);
                table.topicForgot();
                if (equalFirst) {
                    table.send(equal);
                    agent.cycle();
                }
                differs.forEach(table::send);
                if (!equalFirst) {
                    table.send(equal);
                }
                agent.cycle();
                assertThat(agent.topic.upserted()).containsExactly(TestNode.id(2));
                assertThat(node.file()).exists();
            }
        }
    }

    @Test
    void hostileAnswersDeleteNothingThatTheNodeHas() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 50)) {
            agent.cycle();
            table.apply();
            NodeDigest digest = agent.topic.digests().getLast();
            table.topicForgot();
            List<NodeVerdict.TableRow> rows = Stream.concat(
                    Stream.of("../../etc/passwd", "'; DROP TABLE TokenRecords; --", "x".repeat(100), "日本")
                            .map(id -> new NodeVerdict.TableRow(id, 1, 1)),
                    Stream.of(1, 2, 3).map(one -> new NodeVerdict.TableRow(TestNode.id(one), 1, Long.MAX_VALUE)))
                    .toList();
            table.send(new NodeVerdict(digest.sourceIp(), "n", digest.agentId(), digest.watermark(),
                    agent.clock.instant(), Outcome.DIFFERS, 7, 64, 0, 1,
                    IntStream.range(0, 64).boxed().toList(), rows, true));
            ScanReport report = agent.cycle();
            assertThat(agent.topic.deleted()).doesNotContainAnyElementsOf(
                    IntStream.range(0, 50).mapToObj(TestNode::id).toList());
            assertThat(report.problems()).singleElement()
                    .satisfies(problem -> assertThat(problem.reason()).startsWith("3 rows of the table"));
            table.apply();
            assertThat(table.rows()).hasSize(50);
            assertThat(agent.topic.records()).allSatisfy(record -> assertThat(record.recordVersion())
                    .as("no answer moves the clock").isLessThan(agent.clock.millis() * 1_000 + MICROS));
            assertThat(node.file()).exists();
        }
    }

    private static NodeVerdict answer(NodeVerdict it, String sourceIp, String agentId, long watermark) {
        return new NodeVerdict(sourceIp, it.nodeName(), agentId, watermark, it.verifiedAt(), it.outcome(),
                it.tableRows(), it.buckets(), it.part(), it.parts(), it.differing(), it.rows(), it.complete());
    }

    private static TokenKey key(String node, Object content) {
        return new TokenKey("10.0.0.1", node, TestNode.id(content));
    }
}
