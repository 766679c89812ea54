package io.tokensync.monitor.table.jdbc;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.monitor.table.TokenTable.OwnerView;
import io.tokensync.monitor.table.TokenTable.TokenView;

import static org.assertj.core.api.Assertions.assertThat;

/** What is shown of tokens, owners and nodes, from the tables as the writer's schema makes them, in SQLite. */
class TablePagesTest {
    @TempDir
    private Path directory;
    private SampleTable sample;
    private TableDatabase table;

    @BeforeEach
    void open() throws Exception {
        sample = SampleTable.in(directory);
        table = new TableDatabase(sample.settings());
    }

    @AfterEach
    void close() throws Exception {
        table.close();
        sample.close();
    }

    @Test
    void aTokenHasItsNodesParentsAndParts() throws Exception {
        sample.row(Map.of("token_id", "whole"));
        sample.row(Map.of("token_id", "half", "token_kind", "part", "parent_token_id", "whole"));
        sample.row(Map.of("token_id", "half", "token_kind", "part", "parent_token_id", "whole", "node_name", "n2"));
        sample.row(Map.of("token_id", "quarter", "token_kind", "part", "parent_token_id", "half", "ipfs_data",
                "x".repeat(70_000)));
        TokenView half = table.token("half").orElseThrow();
        assertThat(half.rows()).extracting(row -> row.get("node_name")).containsExactly("n1", "n2");
        assertThat(half.parents()).extracting(row -> row.get("token_id")).containsExactly("whole");
        assertThat(half.parts()).extracting(row -> row.get("token_id")).containsExactly("quarter");
        assertThat(half.history().orElse(List.of())).isEmpty();
        TokenView quarter = table.token("quarter").orElseThrow();
        assertThat(quarter.parents()).extracting(row -> row.get("token_id")).containsExactly("half", "whole");
        assertThat(quarter.rows().getFirst().get("ipfs_data").toString()).hasSize(65_538).endsWith(" …");
        assertThat(quarter.rows().getFirst()).containsEntry("ipfs_fetched", true)
                .containsEntry("synced_at", "2026-01-02T03:04:05.123456700Z");
        assertThat(table.token("nobody")).isEmpty();
    }

    @Test
    void parentsThatNameEachOtherAreAnEnd() throws Exception {
        sample.row(Map.of("token_id", "a", "parent_token_id", "b"));
        sample.row(Map.of("token_id", "b", "parent_token_id", "a"));
        sample.row(Map.of("token_id", "orphan", "parent_token_id", "unknown"));
        assertThat(table.token("a").orElseThrow().parents()).extracting(row -> row.get("token_id"))
                .containsExactly("b");
        assertThat(table.token("orphan").orElseThrow().parents())
                .containsExactly(Map.of("token_id", "unknown", "known", false));
    }

    @Test
    void withoutTheTableOfVersionsThereIsNoHistoryAndEverythingElse() throws Exception {
        sample.run("DROP TABLE dbo.TokenHistory");
        sample.row(Map.of("token_id", "t"));
        assertThat(table.token("t").orElseThrow().history()).isEmpty();
        assertThat(table.owner("did:1").overTime()).isEmpty();
        assertThat(table.owner("did:1").now().counted()).isEqualTo(1);
    }

    /** The history of an owner is read by an index or not at all; his holdings are shown either way. */
    @Test
    void anOwnerIsShownWithoutWhatWasWhereItCannotBeRead() throws Exception {
        sample.row(Map.of("token_id", "t"));
        sample.run("DROP INDEX dbo.IX_TokenHistory_did");
        OwnerView owner = table.owner("did:1");
        assertThat(owner.now().counted()).isEqualTo(1);
        assertThat(owner.overTime()).isEmpty();
        assertThat(owner.wholeTime()).isFalse();
    }

    @Test
    void theHistoryOfATokenIsInTheOrderInWhichItWasSeen() throws Exception {
        sample.version(Map.of("token_id", "t", "record_version", 2, "did", "did:2", "node_name", "n2", "observed_at",
                "2026-02-01 00:00:00.0000000"));
        sample.version(Map.of("token_id", "t", "record_version", 1, "observed_at", "2026-01-01 00:00:00.0000000"));
        assertThat(table.token("t").orElseThrow().history().orElseThrow()).extracting(row -> row.get("did"))
                .containsExactly("did:1", "did:2");
    }

    @Test
    void anOwnersHoldingsAreCountedNowAndOverTime() throws Exception {
        sample.row(Map.of("token_id", "a"));
        sample.row(Map.of("token_id", "b", "token_kind", "part", "token_value", "0.5"));
        sample.row(Map.of("token_id", "c", "deleted_version", 9));
        version("a", 1, "did:1", "free", "1", "2026-01-01");
        version("c", 1, "did:1", "free", "1", "2026-01-01");
        version("b", 1, "did:1", "free", "0.5", "2026-01-02");
        version("c", 2, "did:2", "free", "1", "2026-01-03");
        OwnerView owner = table.owner("did:1");
        assertThat(owner.now().groups()).containsExactlyInAnyOrder(
                Map.of("token_kind", "whole", "status_name", "free", "tokens", 1L, "value", "1"),
                Map.of("token_kind", "part", "status_name", "free", "tokens", 1L, "value", "0.5"));
        assertThat(owner.now().whole()).isTrue();
        assertThat(owner.overTime().orElseThrow()).containsExactly(step("2026-01-01", 2, "2"),
                step("2026-01-02", 3, "2.5"), step("2026-01-03", 2, "1.5"));
        assertThat(table.owner("did:none").now().counted()).isZero();
    }

    @Test
    void whatATransferLeavesBehindIsNoHolding() throws Exception {
        version("a", 1, "did:1", "free", "1", "2026-01-01");
        version("a", 2, "did:1", "transferred", "1", "2026-01-02");
        assertThat(table.owner("did:1").overTime().orElseThrow()).containsExactly(step("2026-01-01", 1, "1"),
                step("2026-01-02", 0, "0"));
    }

    @Test
    void verificationsAreThereWhenTheirViewIs() throws Exception {
        assertThat(table.verifications()).isEmpty();
        for (int watermark : new int[]{1, 2}) {
            sample.run("INSERT INTO dbo.NodeVerifications VALUES ('10.0.0.1', 'n1', ?, '2026-01-01 12:03:00.0000000', "
                    + "'2026-01-01 12:04:00.0000000', 'schedule', 'equal', 7, 7, 'aa', 'aa', 16, 0, 0, 0, 0, 0, 1.5, 'a', 's')",
                    watermark);
        }
        assertThat(table.verifications()).hasSize(1).first().satisfies(row -> assertThat(row)
                .containsEntry("as_of", "2026-01-01T12:03:00Z").containsEntry("outcome", "equal")
                .containsEntry("previous_outcome", "equal").containsEntry("node_rows", 7L));
    }

    private void version(String token, int version, String did, String status, String value, String day)
            throws Exception {
        sample.version(Map.of("token_id", token, "record_version", version, "did", did, "status_name", status,
                "token_value", value, "observed_at", day + " 00:00:00.0000000"));
    }

    private static Map<String, Object> step(String day, int tokens, String value) {
        return Map.of("at", day + "T00:00:00Z", "tokens", tokens, "value", value);
    }
}
