package io.tokensync.cli.jdbc;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.model.TokenLevels;
import io.tokensync.monitor.audit.FindingKind;

import static io.tokensync.cli.jdbc.AuditedTable.column;
import static org.assertj.core.api.Assertions.assertThat;

/** What the audit finds of places, times and ids, on each database product. */
abstract class PlaceAuditContract {
    private static final String HERE = "10.0.0.1";
    private static final String THERE = "10.0.0.2";
    private static final List<FindingKind> KINDS = List.of(FindingKind.DID_ON_SEVERAL_MACHINES, FindingKind.CLOCK_OFF,
            FindingKind.BEYOND_SUPPLY, FindingKind.CONTENT_CHANGED, FindingKind.BURNT_AND_FREE);

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
    void anOwnerInUseOnTwoMachinesIsFound() throws Exception {
        table.read(free("S1", HERE), free("S2", HERE), free("X", THERE));
        var finding = table.find(FindingKind.DID_ON_SEVERAL_MACHINES);
        assertThat(column(finding, "source_ip")).containsExactly(HERE);
        assertThat(column(finding, "other_source_ip")).containsExactly(THERE);
        assertThat(column(finding, "tokens_only_here")).containsExactly("2");
        assertThat(column(finding, "tokens_only_there")).containsExactly("1");
        assertThat(table.found(KINDS)).containsExactly(FindingKind.DID_ON_SEVERAL_MACHINES);
    }

    /** Both copies are read; only the new one goes on. */
    @Test
    void anOwnerWhoseNodeWasCopiedToAnotherMachineIsInOrder() throws Exception {
        table.read(free("S", HERE), free("T", HERE), free("S", THERE), of("T", "transferred").on(THERE).day(30),
                free("N", THERE));
        assertThat(table.found(KINDS)).isEmpty();
    }

    @Test
    void anOwnerWhoseRowsOfATransferAreOnOtherMachinesIsInOrder() throws Exception {
        table.read(free("S", HERE), of("T", "transferred").day(30), of("L", "locked").day(30));
        table.read(of("T", "quorum pledged").on(THERE).day(30), of("U", "burnt").on(THERE).day(30));
        // on its way: the receiver has the row, and not yet its own DID in it
        table.read(free("L", THERE));
        assertThat(table.found(KINDS)).isEmpty();
    }

    @Test
    void anOwnerWhoHasMovedToV1OnAnotherMachineOrLeftOneThatIsSilentIsInOrder() throws Exception {
        table.read(free("S", HERE), free("x", THERE).v1(4, 7), free("y", THERE).v1(4, 8));
        assertThat(table.found(KINDS)).isEmpty();
        table.read(of("O", "free").with("did", "B").day(3), free("P", THERE).with("did", "B").with("node_name", "m"));
        table.run("UPDATE dbo.TokenRecords SET node_name = 'gone' WHERE token_id = 'O'");
        assertThat(table.found(KINDS)).isEmpty();
    }

    @Test
    void aMachineWhoseClockIsAheadOfTheDatabasesIsFoundAndOneWithABacklogIsNot() throws Exception {
        table.read(free("S", HERE), free("B", THERE).with("did", "B"));
        long version = Reading.of("S", "n", "free", "A", "T").day(30).version();
        table.run("UPDATE dbo.TokenRecords SET record_version = " + (version - 9 * 86_400_000_000L)
                + " WHERE token_id = 'B'");
        assertThat(table.found(KINDS)).isEmpty();
        table.run("UPDATE dbo.TokenRecords SET record_version = " + (version + 3_600_000_000L)
                + " WHERE token_id = 'S'");
        var finding = table.find(FindingKind.CLOCK_OFF);
        assertThat(column(finding, "source_ip")).containsExactly(HERE);
        assertThat(column(finding, "clock")).containsExactly("the machine is ahead of the database");
        assertThat(column(finding, "seconds_off")).containsExactly("3600");
        table.run("UPDATE dbo.TokenRecords SET synced_at = '" + time(3) + "', record_version = "
                + (version - 20 * 86_400_000_000L));
        assertThat(table.found(KINDS)).as("long ago").isEmpty();
    }

    @Test
    void aNodeThatDatesChangesLaterThanTheyAreReadIsFoundFromThreeRowsOn() throws Exception {
        table.read(changed("S", 30, 30.05), changed("T", 30, 30.05), changed("U", 30, 29));
        assertThat(table.found(KINDS)).isEmpty();
        table.read(changed("V", 30, 30.05));
        assertThat(column(table.find(FindingKind.CLOCK_OFF), "clock"))
                .containsExactly("the node is ahead of its machine");
        assertThat(column(table.find(FindingKind.CLOCK_OFF), "rows_found")).containsExactly("3");
    }

    @Test
    void aNodeThatDatesChangesBeforeItsLastReadingIsFoundUnlessABackupExplainsIt() throws Exception {
        for (String token : List.of("S", "T", "U")) {
            table.read(changed(token, 20, 19), changed(token, 29.9, 19.5));
        }
        assertThat(table.found(KINDS)).as("once").isEmpty();
        table.read(changed("V", 28, 27.5), changed("V", 29.95, 29.9));
        assertThat(table.found(KINDS)).isEmpty();
        table.read(changed("W", 29, 28).with("did", "X"),
                changed("W", 29.95, 28.5).with("session_id", "00000000-0000-0000-0000-000000000002"));
        var finding = table.find(FindingKind.CLOCK_OFF);
        assertThat(column(finding, "clock")).containsExactly("the node is behind its machine");
        assertThat(column(finding, "rows_found")).containsExactly("4");
    }

    @Test
    void aTokenBeyondWhatV1IssuesIsFoundUnlessSomebodyHadItBefore() throws Exception {
        assertThat(TokenLevels.verdict(1, 4_300_001)).isEqualTo(TokenLevels.Verdict.BEYOND_SUPPLY);
        table.read(free("x", HERE).v1(1, 4_299_999), free("y", HERE).v1(1, 4_300_000));
        table.read(free("old", THERE).whole(1, 4_500_000), free("z", HERE).v1(1, 4_500_000));
        table.remove(free("old", THERE));
        table.read(of("u", "transferred").v1(1, 4_600_000).day(30));
        assertThat(table.found(KINDS)).isEmpty();
        table.read(free("new", HERE).v1(1, 4_300_001));
        assertThat(column(table.find(FindingKind.BEYOND_SUPPLY), "token_id")).containsExactly("1_4300001");
        assertThat(table.found(KINDS)).containsExactly(FindingKind.BEYOND_SUPPLY);
    }

    @Test
    void whatNodesRoundOrCallOtherwiseHasNotChanged() throws Exception {
        table.read(part("p", HERE, "W", "0.12345"), part("p", THERE, "W", "0.123").with("status_name", "transferred"));
        table.read(part("q", HERE, "W", "0.5"), part("q", THERE, "4_7", "0.5").with("node_generation", "v1"));
        table.read(part("r", HERE, "W", "0.4"), part("r", THERE, null, "0").with("status_name", "pending"));
        table.read(part("s", HERE, "W", "0.4"), part("s", THERE, "other", "1").with("status_name", "quorum pledged"));
        table.read(of("F", "free").with("token_kind", "ft").day(29),
                of("F", "free").with("token_kind", "ft").with("token_value", "7").day(30));
        assertThat(table.found(KINDS)).isEmpty();
    }

    @Test
    void anIdThatStandsForTwoThingsIsFound() throws Exception {
        table.read(part("value", HERE, "W", "0.4"),
                part("value", THERE, "W", "0.9").with("status_name", "transferred"));
        table.read(part("parent", HERE, "W", "0.4"),
                part("parent", THERE, "X", "0.4").with("status_name", "transferred"));
        table.read(of("number", "free").whole(4, 7).day(30),
                of("number", "transferred").whole(4, 8).on(THERE).day(30));
        table.read(part("later", HERE, "W", "0.4").day(29), part("later", HERE, "W", "0.5").day(30));
        var finding = table.find(FindingKind.CONTENT_CHANGED);
        assertThat(column(finding, "token_id")).containsExactly("later", "later", "number", "number", "parent",
                "parent", "value", "value");
        assertThat(column(finding, "changed")).containsExactly("value", "value", "content", "content", "parent",
                "parent", "value", "value");
    }

    @Test
    void aTokenBurntInOneGenerationAndFreeInTheOtherIsFoundUnlessItsNodeHasMoved() throws Exception {
        Reading free = of("S", "free").whole(4, 7).day(30);
        Reading burnt = of("x", "burnt").with("did", "B").with("node_name", "v1").v1(4, 7).day(30);
        table.read(free, burnt);
        assertThat(column(table.find(FindingKind.BURNT_AND_FREE), "burnt_token_id")).containsExactly("4_7");
        table.read(burnt.with("node_name", "n").with("status_name", "transferred"));
        assertThat(table.found(KINDS)).as("the node has moved").isEmpty();
        // before v1 "burnt" may be what a quorum keeps of a transfer
        table.read(of("Q", "burnt").whole(4, 9).with("did", "B").with("node_name", "quorum").day(30),
                of("x", "free").v1(4, 9).on(THERE).day(30));
        assertThat(table.found(KINDS)).isEmpty();
    }

    private static Reading of(String token, String status) {
        return Reading.of(token, "n", status, "A", "T");
    }

    private static Reading free(String token, String machine) {
        return of(token, "free").on(machine).day(30);
    }

    private static Reading part(String token, String machine, String parent, String value) {
        return free(token, machine).part(parent, value);
    }

    private static Reading changed(String token, double readOn, double changedOn) {
        return of(token, "free").with("updated_at", time(changedOn)).day(readOn);
    }

    private static String time(double day) {
        Instant at = of("any", "free").day(day).at();
        return AuditedTable.time(at);
    }
}
