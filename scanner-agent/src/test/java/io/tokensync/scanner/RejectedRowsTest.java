package io.tokensync.scanner;

import org.junit.jupiter.api.Test;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.model.TokenKind;
import io.tokensync.scanner.fixture.MachineTest;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.publish.RejectedRow;
import io.tokensync.scanner.report.ScanReport;

import static org.assertj.core.api.Assertions.assertThat;

class RejectedRowsTest extends MachineTest {

    @Test
    void rejectedRowsAreToldOnceWhileTheyStay() {
        try (TestNode node = TestNode.create(root, "n")) {
            node.tokens(0, 4);
            reject(node, null, "", "   ", "Qm\t ", "x".repeat(501), new byte[]{1, 2});
            node.execute("INSERT INTO TokensTable (token_id, did) VALUES (?, ?)", TestNode.id("long"),
                    "d".repeat(1001));
            ScanReport report = agent.cycle();
            assertThat(agent.topic.rejected()).extracting(RejectedRow::reason).containsExactlyInAnyOrder(
                    RejectionReason.TOKEN_ID_MISSING, RejectionReason.TOKEN_ID_MISSING,
                    RejectionReason.TOKEN_ID_MISSING,
                    RejectionReason.TOKEN_ID_TRAILING_BLANK, RejectionReason.TOKEN_ID_TOO_LONG,
                    RejectionReason.TOKEN_ID_NOT_TEXT, RejectionReason.FIELD_TOO_LONG);
            assertThat(report.rows().rejectedByReason()).containsEntry(RejectionReason.TOKEN_ID_MISSING, 3L);
            assertBalanced(report);
            agent.topic.clear();
            node.token("other", 0);
            ScanReport second = agent.cycle();
            assertThat(agent.topic.rejected()).isEmpty();
            assertThat(second.rows().rejectedBefore()).isEqualTo(7);
            assertBalanced(second);
            node.execute("UPDATE TokensTable SET token_status = 9 WHERE token_id = ''");
            agent.cycle();
            assertThat(agent.topic.rejected()).singleElement()
                    .satisfies(row -> assertThat(row.columns()).containsEntry("token_status", 9L));
        }
    }

    @Test
    void aRejectedRowThatWasGoneIsToldAgain() {
        try (TestNode node = TestNode.create(root, "n")) {
            node.token("a", 0);
            reject(node, "");
            agent.cycle();
            node.execute("DELETE FROM TokensTable WHERE token_id = ''");
            agent.cycle();
            agent.topic.clear();
            reject(node, "");
            agent.cycle();
            assertThat(agent.topic.rejected()).hasSize(1);
        }
    }

    @Test
    void aPublishedRowThatNoLongerFitsIsDeletedAndRejected() {
        try (TestNode node = TestNode.create(root, "n")) {
            node.token("a", 0).token("b", 0);
            agent.cycle();
            agent.topic.clear();
            node.execute("UPDATE TokensTable SET did = ? WHERE token_id = ?", "d".repeat(1001), TestNode.id("a"));
            agent.cycle();
            assertThat(agent.topic.deleted()).containsExactly(TestNode.id("a"));
            assertThat(agent.topic.rejected()).hasSize(1);
            agent.topic.clear();
            node.token("a", 0);
            agent.cycle();
            assertThat(agent.topic.upserted()).containsExactly(TestNode.id("a"));
        }
    }

    @Test
    void idsRepeatInATableWithoutUniqueIndex() {
        try (TestNode node = TestNode.bare(root, "n")) {
            node.script("CREATE TABLE TokensTable (token_id text, did text, token_status integer)");
            for (int i = 0; i < 20; i++) {
                node.execute("INSERT INTO TokensTable VALUES (?, ?, ?)", TestNode.id(i % 5), TestNode.DID, i);
            }
            ScanReport report = agent.cycle();
            assertThat(agent.topic.upserted()).hasSize(5);
            assertThat(agent.topic.row(TestNode.id(3)).tokenStatus()).isEqualTo("3");
            assertThat(report.rows().rejectedByReason()).containsEntry(RejectionReason.TOKEN_ID_DUPLICATE, 15L);
            assertBalanced(report);
        }
    }

    @Test
    void aRecordThatIsTooLargeIsRejected() {
        try (TestNode node = TestNode.create(root, "n")) {
            node.tokens(0, 7);
            agent.topic.rejectForSize(record -> record.key().tokenId().equals(TestNode.id(2)));
            ScanReport report = agent.cycle();
            assertThat(report.rows().published()).isEqualTo(6);
            assertThat(agent.topic.rejected()).extracting(RejectedRow::reason)
                    .containsExactly(RejectionReason.FIELD_TOO_LONG);
            assertThat(agent.topic.rejected().getFirst().columns()).containsEntry("rowid", 3L)
                    .containsEntry("token_id", TestNode.id(2)).containsEntry("did", TestNode.DID)
                    .containsEntry("token_status", "0");
            assertBalanced(report);
        }
    }

    @Test
    void aRowThatNoLongerFitsLeavesItsIdToTheNextTable() {
        try (TestNode node = TestNode.create(root, "n")) {
            node.script("CREATE TABLE NFTTokensTable (token_id text PRIMARY KEY, did text, token_status integer)");
            node.token("a", 0);
            node.execute("INSERT INTO NFTTokensTable VALUES (?, ?, 7)", TestNode.id("a"), TestNode.DID);
            agent.cycle();
            node.execute("UPDATE TokensTable SET did = ? WHERE token_id = ?", "d".repeat(1001), TestNode.id("a"));
            ScanReport report = agent.cycle();
            assertThat(agent.topic.row(TestNode.id("a")).tokenKind()).isEqualTo(TokenKind.NFT);
            assertThat(agent.topic.table()).hasSize(1);
            assertThat(agent.topic.deleted()).isEmpty();
            assertBalanced(report);
        }
    }

    @Test
    void aRowThatNoLongerFitsLeavesItsIdToTheNextOfItsTable() {
        try (TestNode node = TestNode.bare(root, "n")) {
            node.script("CREATE TABLE TokensTable (token_id text, did text, token_status integer)");
            node.execute("INSERT INTO TokensTable VALUES (?, ?, 1), (?, ?, 2)", TestNode.id("a"), TestNode.DID,
                    TestNode.id("a"), TestNode.DID);
            agent.cycle();
            node.execute("UPDATE TokensTable SET did = ? WHERE token_status = 1", "d".repeat(1001));
            agent.cycle();
            assertThat(agent.topic.row(TestNode.id("a")).tokenStatus()).isEqualTo("2");
            assertThat(agent.topic.deleted()).isEmpty();
        }
    }

    @Test
    void aPublishedRowWhoseRecordGrowsTooLargeIsDeletedAndToldOnce() {
        try (TestNode node = TestNode.create(root, "n")) {
            node.tokens(0, 5);
            agent.cycle();
            agent.topic.clear();
            agent.topic.rejectForSize(record -> record.key().tokenId().equals(TestNode.id(2))
                    && record.change() instanceof Change.Upsert);
            node.status(2, 7);
            assertBalanced(agent.cycle());
            assertThat(agent.topic.deleted()).containsExactly(TestNode.id(2));
            assertThat(agent.topic.rejected()).hasSize(1);
            node.status(3, 7);
            ScanReport report = agent.cycle();
            assertThat(agent.topic.rejected()).hasSize(1);
            assertThat(report.rows().rejectedBefore()).isEqualTo(1);
            assertBalanced(report);
            agent.topic.rejectForSize(_ -> false);
            node.status(2, 0);
            agent.cycle();
            assertThat(agent.topic.row(TestNode.id(2)).tokenStatus()).isEqualTo("0");
        }
    }

    @Test
    void aValueThatNoRecordCarriesIsRejected() {
        try (TestNode node = TestNode.create(root, "n")) {
            node.token("a", 0).token("b", 0);
            node.execute("UPDATE TokensTable SET token_value = ? WHERE token_id = ?", "v".repeat(100_001),
                    TestNode.id("a"));
            node.execute("UPDATE TokensTable SET token_value = ? WHERE token_id = ?", "v".repeat(100_000),
                    TestNode.id("b"));
            agent.cycle();
            assertThat(agent.topic.upserted()).containsExactly(TestNode.id("b"));
            assertThat(agent.topic.rejected()).singleElement().satisfies(row -> {
                assertThat(row.reason()).isEqualTo(RejectionReason.FIELD_TOO_LONG);
                assertThat(row.detail()).contains("TOKEN_VALUE").contains("100001");
            });
        }
    }

    @Test
    void anIdInTwoTablesBelongsToTheFirstAndMovesWhenItLeaves() {
        try (TestNode node = TestNode.create(root, "n")) {
            node.script("CREATE TABLE NFTTokensTable (token_id text PRIMARY KEY, did text, token_status integer)");
            node.token("a", 0);
            node.execute("INSERT INTO NFTTokensTable VALUES (?, ?, 0)", TestNode.id("a"), TestNode.DID);
            agent.cycle();
            assertThat(agent.topic.row(TestNode.id("a")).tokenKind()).isEqualTo(TokenKind.WHOLE);
            assertThat(agent.topic.rejected()).extracting(RejectedRow::reason)
                    .containsExactly(RejectionReason.TOKEN_ID_DUPLICATE);
            node.delete("a");
            agent.cycle();
            assertThat(agent.topic.deleted()).isEmpty();
            assertThat(agent.topic.row(TestNode.id("a")).tokenKind()).isEqualTo(TokenKind.NFT);
        }
    }

    private static void reject(TestNode node, Object... ids) {
        for (Object id : ids) {
            node.execute("INSERT INTO TokensTable (token_id, did, token_status) VALUES (?, ?, 0)", id, TestNode.DID);
        }
    }
}
