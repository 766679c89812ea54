package io.tokensync.cli.jdbc;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.monitor.audit.FindingKind;

import static io.tokensync.cli.jdbc.AuditedTable.column;
import static org.assertj.core.api.Assertions.assertThat;

/** What the audit finds in the course of a token's life, on each database product. */
abstract class HistoryAuditContract {
    private static final List<FindingKind> KINDS = List.of(FindingKind.VALUE_FROM_NOTHING, FindingKind.BURNT_AND_FREE,
            FindingKind.MOVED_BACKWARDS, FindingKind.HOLDERS_FLIP, FindingKind.CONTENT_CHANGED, FindingKind.CLOCK_OFF);

    private AuditedTable table;

    abstract SqlSettings settings();

    @BeforeEach
    void migrate() throws Exception {
        table = new AuditedTable(settings());
    }

    @AfterEach
    void close() {
        table.close();
    }

    @Test
    void transfersThereAndBackAreInOrder() throws Exception {
        table.read(a("free", "T0").day(1), a("locked", "T0").day(2));
        table.read(of("W", "quorum", "quorum pledged", "A", "T1").day(2),
                of("W", "old-quorum", "burnt", "A", "T1").day(2));
        // on its way: the receiver is read before the sender is
        table.read(b("free", "T1").day(2.01));
        assertThat(table.found(KINDS)).isEmpty();
        table.read(a("transferred", "T1").day(3), b("transferred", "T2").day(4), a("free", "T2").day(4.1));
        table.read(a("transferred", "T3").day(5), b("free", "T3").day(5), b("transferred", "T4").day(6),
                a("free", "T4").day(7));
        table.remove(of("W", "old-quorum", "burnt", "A", "T1").day(8));
        table.read(a("transferred", "T5").day(9), b("free", "T5").day(9));
        assertThat(table.found(KINDS)).isEmpty();
    }

    @Test
    void aTransferThatHasNotComeAboutAndIsTakenBackIsInOrder() throws Exception {
        table.read(a("free", "T0").day(1), a("transferred", "T1").day(2), a("free", "T0").day(3));
        assertThat(table.found(KINDS)).isEmpty();
    }

    @Test
    void pledgingAndUnpledgingIsInOrder() throws Exception {
        for (int day = 1; day < 9; day += 3) {
            table.read(a("free", "T0").day(day), a("locked", "T0").day(day + 1), a("pledged", "T0").day(day + 2));
        }
        table.read(a("free", "T0").day(10));
        assertThat(table.found(KINDS)).isEmpty();
    }

    @Test
    void splittingAndSplittingPartsIsInOrder() throws Exception {
        table.read(a("free", "T0").day(1), a("locked", "T0").day(2));
        // of a split that failed
        Reading orphan = of("o", "a", "free", "A", "T1").part("W", "0.5");
        table.read(orphan.day(2), orphan.with("status_name", "orphaned").day(3));
        table.read(a("burnt", "T2").day(4), of("p", "a", "free", "A", "T2").part("W", "0.40001").day(4),
                of("q", "a", "free", "A", "T2").part("W", "0.59999").day(4));
        table.read(of("p", "a", "transferred", "A", "T3").part("W", "0.40001").day(5),
                of("p", "b", "free", "B", "T3").part("W", "0.4").day(5));
        table.read(of("q", "a", "burnt", "A", "T4").part("W", "0.59999").day(6),
                of("q1", "a", "free", "A", "T4").part("q", "0.09999").day(6),
                of("q2", "a", "free", "A", "T4").part("q", "0.5").day(6));
        assertThat(table.found(KINDS)).isEmpty();
    }

    /** The row was removed and is there again, or a new transaction has made it, or the node went back before its split. */
    @Test
    void aTokenThatIsMadeAgainByRecoveryIsInOrder() throws Exception {
        table.read(a("free", "T0").day(1), a("burnt", "T1").day(2));
        table.remove(a("burnt", "T1").day(3));
        table.read(a("free", "T0").day(4));
        table.read(of("X", "a", "free", "A", "T0").day(1), of("X", "a", "burnt", "A", "T1").day(2),
                of("X", "a", "free", "A", "T9").day(4));
        table.read(of("p", "a", "free", "A", "T2").part("W", "0.4").day(2),
                of("q", "a", "free", "A", "T2").part("W", "0.6").day(2));
        table.remove(of("p", "a", "free", "A", "T2").day(4));
        table.remove(of("q", "a", "free", "A", "T2").day(4));
        table.read(of("r", "a", "free", "A", "T4").part("W", "0.3").day(5),
                of("s", "a", "free", "A", "T4").part("W", "0.7").day(5));
        assertThat(table.found(KINDS)).isEmpty();
    }

    @Test
    void aNodesDirectoryThatIsRenamedBackAndForthIsInOrder() throws Exception {
        Reading other = of("W", "a-moved", "free", "A", "T0");
        for (int day = 1; day < 9; day += 2) {
            table.read(a("free", "T0").day(day));
            table.remove(other.day(day + 0.5));
            table.read(other.day(day + 1));
            table.remove(a("free", "T0").day(day + 1.5));
        }
        assertThat(table.found(KINDS)).isEmpty();
    }

    @Test
    void partsThatLeftTheirNodeAndAreGoneCountAgainstTheirParent() throws Exception {
        table.read(a("free", "T0").day(1), a("burnt", "T1").day(2));
        table.read(of("p", "a", "free", "A", "T1").part("W", "0.4").day(2),
                of("q", "a", "free", "A", "T1").part("W", "0.6").day(2),
                of("p", "b", "free", "B", "T2").part("W", "0.4").day(3));
        table.remove(of("p", "a", "free", "A", "T1").day(4));
        table.remove(of("p", "b", "free", "B", "T2").day(4));
        assertThat(table.found(KINDS)).isEmpty();
        table.read(of("r", "a", "free", "A", "T5").part("W", "0.3").day(5));
        table.read(of("orphan", "a", "orphaned", "A", "T4").part("W", "0.5").day(5));
        assertThat(table.found(KINDS)).containsExactly(FindingKind.VALUE_FROM_NOTHING);
        var finding = table.find(FindingKind.VALUE_FROM_NOTHING);
        assertThat(column(finding, "token_id")).containsExactly("p", "q", "r");
        assertThat(column(finding, "parts_ever")).containsOnly("3");
        assertThat(column(finding, "parts_value_ever")).allMatch(value -> value.startsWith("1.3"));
        assertThat(column(finding, "is_listed")).containsExactly("0", "1", "1");
    }

    @Test
    void whatPartsExceedTodayIsNotFoundTwice() throws Exception {
        table.read(a("burnt", "T1").day(2), of("p", "a", "free", "A", "T1").part("W", "0.8").day(2),
                of("q", "a", "free", "A", "T1").part("W", "0.6").day(2));
        assertThat(table.found(KINDS)).isEmpty();
        assertThat(table.find(FindingKind.PARTS_EXCEED_PARENT).rows()).isEqualTo(2);
    }

    @Test
    void aBurntTokenThatIsHeldAgainByTheTransactionOfBeforeHasMovedBackwards() throws Exception {
        table.read(a("free", "T0").day(1), a("burnt", "T1").day(2), a("locked", "T0").day(3), a("free", "T0").day(4));
        var finding = table.find(FindingKind.MOVED_BACKWARDS);
        assertThat(column(finding, "earlier_status")).containsExactly("burnt");
        assertThat(column(finding, "later_status")).containsExactly("locked");
        assertThat(table.found(KINDS)).containsExactly(FindingKind.MOVED_BACKWARDS);
    }

    @Test
    void aTokenGivenAwayAndHeldAgainWithoutATransactionHasMovedBackwardsWhenItsReceiverWasSeen() throws Exception {
        table.read(a("free", "T0").day(1), b("free", "T1").day(2), a("transferred", "T1").day(2.1));
        table.remove(b("free", "T1").day(3));
        assertThat(table.found(KINDS)).isEmpty();
        table.read(a("free", "T0").day(4));
        assertThat(column(table.find(FindingKind.MOVED_BACKWARDS), "earlier_status")).containsExactly("transferred");
        assertThat(table.found(KINDS)).containsExactly(FindingKind.MOVED_BACKWARDS);
    }

    @Test
    void aTokenBurntByItsHolderAndFreeElsewhereAfterwardsIsFoundWhenTheBurntRowIsGone() throws Exception {
        table.read(a("free", "T0").day(1), a("burnt", "T1").day(2), b("free", "T2").day(3));
        assertThat(table.found(KINDS)).isEmpty();
        assertThat(table.find(FindingKind.CONTRADICTING_STATUSES).rows()).isEqualTo(2);
        table.remove(a("burnt", "T1").day(4));
        var finding = table.find(FindingKind.BURNT_AND_FREE);
        assertThat(column(finding, "node_name")).containsExactly("b");
        assertThat(column(finding, "burnt_node_name")).containsExactly("a");
        assertThat(table.found(KINDS)).containsExactly(FindingKind.BURNT_AND_FREE);
        table.read(b("free", "T2").with("transaction_initiator", "B").day(5));
        assertThat(table.found(KINDS)).as("made again by its holder").isEmpty();
    }

    @Test
    void aTokenReadAsFreeBeforeItWasBurntElsewhereIsInOrder() throws Exception {
        table.read(a("free", "T0").day(1), b("free", "T1").day(2), b("burnt", "T2").day(3));
        table.remove(b("burnt", "T2").day(4));
        assertThat(table.found(KINDS)).isEmpty();
    }

    @Test
    void holdersThatTakeTurnsByTheSameTransactionsAreFoundFromTheThirdTimeOn() throws Exception {
        holdersTakeTurns();
    }

    private void holdersTakeTurns() throws Exception {
        table.read(a("free", "T0").day(1), b("free", "T1").day(2), a("transferred", "T1").day(2.1));
        table.read(b("transferred", "T0").day(3), a("free", "T0").day(3.1));
        assertThat(table.found(List.of(FindingKind.HOLDERS_FLIP))).isEmpty();
        table.read(a("transferred", "T1").day(4), b("free", "T1").day(4.1));
        var finding = table.find(FindingKind.HOLDERS_FLIP);
        assertThat(column(finding, "node_name")).containsExactly("a", "b");
        assertThat(column(finding, "times_returned")).containsOnly("2");
    }

    /** One that is empty, because the writer keeps none, or that begins in the middle, is nothing to conclude from. */
    @Test
    void withoutHistoryNothingIsFound() throws Exception {
        holdersTakeTurns();
        aBurntRowOfAnotherTokenThatIsGone();
        table.run("DELETE FROM dbo.TokenHistory");
        assertThat(table.found(KINDS)).isEmpty();
        table.run("DROP TABLE dbo.TokenHistory");
        assertThat(table.found(KINDS)).isEmpty();
    }

    private void aBurntRowOfAnotherTokenThatIsGone() throws Exception {
        table.read(of("X", "a", "free", "A", "T0").day(1), of("X", "a", "burnt", "A", "T1").day(2),
                of("X", "b", "free", "B", "T2").day(3));
        table.remove(of("X", "a", "burnt", "A", "T1").day(4));
        assertThat(table.found(KINDS)).contains(FindingKind.BURNT_AND_FREE);
    }

    private static Reading a(String status, String transaction) {
        return of("W", "a", status, "A", transaction);
    }

    private static Reading b(String status, String transaction) {
        return of("W", "b", status, "B", transaction);
    }

    private static Reading of(String token, String node, String status, String did, String transaction) {
        return Reading.of(token, node, status, did, transaction);
    }
}
