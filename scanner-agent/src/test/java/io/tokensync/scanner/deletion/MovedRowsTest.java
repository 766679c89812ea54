package io.tokensync.scanner.deletion;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.TokenKind;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.scanner.config.DeletionLimits;
import io.tokensync.scanner.diff.StatusFilter;
import io.tokensync.scanner.fixture.MachineTest;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.report.ScanReport;

import static org.assertj.core.api.Assertions.assertThat;

/** Rows are read by their places; that a row has another place is neither a deletion nor a change for long. */
class MovedRowsTest extends MachineTest {

    @Test
    void aRowThatIsReplacedIsPublishedOnceAndNeverDeleted() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 30)) {
            agent.cycle();
            agent.topic.clear();
            node.token(3, 5);
            ScanReport report = agent.cycle();
            assertBalanced(report);
            assertThat(agent.topic.upserted()).containsExactly(TestNode.id(3));
            assertThat(agent.topic.row(TestNode.id(3)).tokenStatus()).isEqualTo("5");
            assertThat(agent.topic.deleted()).isEmpty();
            assertThat(report.rows().unchanged()).isEqualTo(29);
            assertDrained(node);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 29})
    void aPlaceThatAnotherRowHasTakenDeletesTheOneThatIsGone(int place) {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 30)) {
            agent.cycle();
            agent.topic.clear();
            node.execute("UPDATE TokensTable SET token_id = ? WHERE rowid = ?", TestNode.id("new"), place);
            agent.cycle();
            assertThat(agent.topic.upserted()).containsExactly(TestNode.id("new"));
            assertThat(agent.topic.deleted()).containsExactly(TestNode.id(place - 1));
            assertDrained(node);
        }
    }

    @Test
    void rowsThatChangePlacesStay() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 30)) {
            agent.cycle();
            agent.topic.clear();
            node.script("UPDATE TokensTable SET rowid = -rowid", "UPDATE TokensTable SET rowid = 31 + rowid");
            agent.cycle();
            assertThat(agent.topic.deleted()).isEmpty();
            assertThat(agent.topic.upserted()).hasSize(30).doesNotHaveDuplicates();
            assertDrained(node);
        }
    }

    @Test
    void aDatabaseWithAllRowsInOtherPlacesLosesNothingAndHoldsNothingBack() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 100)) {
            agent.cycle();
            agent.topic.clear();
            node.script("UPDATE TokensTable SET rowid = 1000 + 7 * rowid % 101");
            ScanReport report = agent.cycle();
            assertThat(report.problems()).isEmpty();
            assertThat(agent.topic.deleted()).isEmpty();
            assertDrained(node);
        }
    }

    @Test
    void aDatabaseWithManyRowsGoneAndTheRestMovedHoldsBackOnlyTheGone() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 100)) {
            agent.cycle();
            agent.topic.clear();
            IntStream.range(0, 60).forEach(node::delete);
            node.script("UPDATE TokensTable SET rowid = -rowid");
            ScanReport report = agent.cycle();
            assertThat(report.rows().held()).isEqualTo(60);
            assertThat(agent.topic.deleted()).isEmpty();
            agent.restart(config -> config.deletes = new DeletionLimits(0.5, Duration.ZERO, Set.of("n")));
            agent.cycle();
            assertThat(agent.topic.deleted()).hasSize(60);
            assertDrained(node);
        }
    }

    @Test
    void aRowThatMovesWithAStatusThatIsNotTakenUpIsFollowed() throws Exception {
        agent.restart(config -> config.statuses = new StatusFilter(Set.of(0L), Set.of()));
        try (TestNode node = TestNode.create(root, "n").tokens(0, 5)) {
            agent.cycle();
            node.token(2, 4);
            assertBalanced(agent.cycle());
            assertThat(agent.topic.row(TestNode.id(2)).tokenStatus()).isEqualTo("4");
            assertThat(agent.topic.deleted()).isEmpty();
            assertDrained(node);
        }
    }

    @Test
    void aRowThatMovesToALaterTableGoesWithIt() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 5)) {
            node.script("CREATE TABLE NFTTokensTable (token_id text PRIMARY KEY, did text, token_status integer)");
            agent.cycle();
            node.delete(2).execute("INSERT INTO NFTTokensTable VALUES (?, ?, 0)", TestNode.id(2), TestNode.DID);
            agent.cycle();
            assertThat(agent.topic.row(TestNode.id(2)).tokenKind()).isEqualTo(TokenKind.NFT);
            assertThat(agent.topic.deleted()).isEmpty();
            assertDrained(node);
        }
    }

    @Test
    void aRowThatMovesAndGrowsTooLargeIsDeleted() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 5)) {
            agent.cycle();
            agent.topic.rejectForSize(record -> record.key().tokenId().equals(TestNode.id(2))
                    && record.change() instanceof Change.Upsert);
            node.token(2, 7);
            agent.cycle();
            assertThat(agent.topic.deleted()).containsExactly(TestNode.id(2));
            assertThat(agent.topic.rejected()).hasSize(1);
            assertDrained(node);
        }
    }

    @Test
    void aRowThatComesBackIntoItsPlaceUnderTheScanIsRemembered() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 30)) {
            agent.cycle();
            node.delete(29).status(0, 7);
            during(record -> record.key().tokenId().equals(TestNode.id(0)), () -> node.token(29, 5));
            agent.cycle();
            node.delete(29);
            agent.cycle();
            assertThat(agent.topic.deleted()).contains(TestNode.id(29));
            assertDrained(node);
        }
    }

    @Test
    void aRowThatIsTooLargeInOnePlaceAndNotInTheNextStays() {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 45)) {
            node.delete(39);
            agent.cycle();
            node.script("UPDATE TokensTable SET token_status = 3 WHERE rowid <= 6");
            node.status(3, 19);
            during(record -> record.key().tokenId().equals(TestNode.id(3)),
                    () -> node.execute("UPDATE TokensTable SET rowid = 40, token_status = 1 WHERE token_id = ?",
                            TestNode.id(3)));
            agent.cycle();
            agent.cycle();
            assertThat(agent.topic.row(TestNode.id(3)).tokenStatus()).isEqualTo("1");
            assertThat(agent.topic.table()).as("rows that are not deleted").hasSize(44);
            assertDrained(node);
        }
    }

    /** Does something when the record is published for the first time; records of status 19 are too large. */
    private void during(Predicate<TokenRecord> when, Runnable edit) {
        AtomicBoolean done = new AtomicBoolean();
        agent.topic.rejectForSize(record -> {
            if (when.test(record) && !done.getAndSet(true)) {
                edit.run();
            }
            return record.change() instanceof Change.Upsert(var row) && "19".equals(row.tokenStatus());
        });
    }

    /** Nothing is left of where rows were. */
    private void assertDrained(TestNode node) {
        int before = agent.topic.records().size();
        node.script("CREATE TABLE IF NOT EXISTS other (x)", "INSERT INTO other VALUES (1)");
        ScanReport report = agent.cycle();
        assertThat(report.databases().read()).isEqualTo(1);
        assertThat(agent.topic.records()).hasSize(before);
    }
}
