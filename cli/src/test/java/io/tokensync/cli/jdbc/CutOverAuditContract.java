package io.tokensync.cli.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.monitor.audit.Finding;
import io.tokensync.monitor.audit.FindingKind;
import io.tokensync.monitor.audit.Rows;
import io.tokensync.monitor.audit.jdbc.AuditDatabase;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;

import static org.assertj.core.api.Assertions.assertThat;

/** What the audit says of nodes that move to v1, on each database product. */
abstract class CutOverAuditContract {
    private static final String SQLITE = "sqlite";
    private static final String V1 = "v1";
    private static final List<FindingKind> KINDS = List.of(FindingKind.MISSING_IN_V1, FindingKind.OTHER_OWNER_IN_V1,
            FindingKind.OTHER_VALUE_IN_V1, FindingKind.FREE_IN_BOTH_GENERATIONS);

    private SqlSettings settings;
    private Database database;

    abstract SqlSettings settings();

    @BeforeEach
    void migrate() throws Exception {
        settings = settings();
        database = Database.open(settings, 1);
        new Schema(database).migrate();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aNodeThatHasMovedWithEverythingAndOneThatHasNotMovedAreInOrder() throws Exception {
        both(1, "moved", "free", "free");
        both(2, "moved", "pledged", "pledged");
        row(SQLITE, 3, "moved", "burnt");
        row(SQLITE, 4, "moved", "transferred");
        row(SQLITE, 4, "staying", "free");
        row(SQLITE, 5, "moved", "quorum pledged");
        row(SQLITE, 6, "staying", "free");
        row(V1, 7, "moved", "free");
        row(V1, 8, "born in v1", "free");
        for (FindingKind kind : FindingKind.values()) {
            assertThat(find(kind).sample()).as(kind.code()).isEmpty();
        }
    }

    @Test
    void aTokenThatAMovedNodeHeldAndNobodyHasInV1IsMissing() throws Exception {
        both(1, "moved", "free", "free");
        row(SQLITE, 2, "moved", "free");
        row(SQLITE, 3, "moved", "locked");
        row(SQLITE, 4, "moved", "free");
        row(V1, 4, "elsewhere", "burnt");
        row(SQLITE, 5, "staying", "free");
        row(SQLITE, 6, "moved", "free");
        run("UPDATE dbo.TokenRecords SET token_kind = 'part' WHERE token_id = 'Q6'");
        row(SQLITE, 7, "moved", "free");
        run("UPDATE dbo.TokenRecords SET deleted_version = 9 WHERE token_id = 'Q7'");
        row(SQLITE, 8, "moved", "burnt for ft");
        row(SQLITE, 9, "moved", "free");
        run("UPDATE dbo.TokenRecords SET ipfs_info = NULL WHERE token_id = 'Q9'");
        assertThat(column(find(FindingKind.MISSING_IN_V1), "token_id")).containsExactly("Q2", "Q3");
    }

    @Test
    void whatHasAppearedAndIsDeletedAgainIsMissing() throws Exception {
        both(1, "moved", "free", "free");
        both(2, "moved", "free", "free");
        run("UPDATE dbo.TokenRecords SET deleted_version = 9 WHERE token_id = '4_2'");
        assertThat(column(find(FindingKind.MISSING_IN_V1), "token_id")).containsExactly("Q2");
    }

    /** Nobody can say which tokens these were, but the node has moved. */
    @Test
    void aNodeHasMovedWhateverItListsInV1() throws Exception {
        row(SQLITE, 1, "moved", "free");
        row(V1, 2, "moved", "free");
        run("UPDATE dbo.TokenRecords SET token_kind = 'ft', ipfs_info = NULL WHERE token_id = '4_2'");
        assertThat(column(find(FindingKind.MISSING_IN_V1), "token_id")).containsExactly("Q1");
    }

    @Test
    void twoMachinesWithNodesOfOneNameAreTwoNodes() throws Exception {
        row(SQLITE, 1, "n", "free");
        run("UPDATE dbo.TokenRecords SET source_ip = '10.0.0.2', did = 'another', token_value = '9'");
        row(V1, 1, "n", "locked");
        row(SQLITE, 2, "n", "free");
        run("UPDATE dbo.TokenRecords SET source_ip = '10.0.0.2' WHERE token_id = 'Q2'");
        assertThat(found()).isEmpty();
    }

    @Test
    void aTokenUnderAnotherOwnerOnItsNodeIsFound() throws Exception {
        both(1, "moved", "free", "free");
        both(2, "moved", "free", "free");
        both(3, "moved", "transferred", "free");
        both(4, "moved", "free", "transferred");
        both(5, "moved", "burnt", "free");
        both(6, "moved", "free", "quorum pledged");
        row(SQLITE, 7, "moved", "free");
        row(V1, 7, "elsewhere", "locked");
        run("UPDATE dbo.TokenRecords SET did = 'another' WHERE token_id <> '4_1' AND node_generation = 'v1'");
        Finding finding = find(FindingKind.OTHER_OWNER_IN_V1);
        assertThat(column(finding, "token_number")).containsExactly("2");
        assertThat(column(finding, "sqlite_did")).containsExactly("owner");
        assertThat(column(finding, "v1_did")).containsExactly("another");
        assertThat(found()).containsExactly(FindingKind.OTHER_OWNER_IN_V1);
    }

    @Test
    void aTokenOfAnotherValueIsFoundAndTheSameValueWrittenOtherwiseIsNot() throws Exception {
        for (int number = 1; number <= 4; number++) {
            both(number, "moved", "free", "free");
        }
        both(5, "moved", "burnt", "free");
        row(SQLITE, 6, "elsewhere", "transferred");
        row(V1, 6, "moved", "free");
        run("UPDATE dbo.TokenRecords SET token_value = '1.000' WHERE token_id = '4_1'");
        run("UPDATE dbo.TokenRecords SET token_value = '0.999' WHERE token_id IN ('4_2', '4_5', '4_6')");
        run("UPDATE dbo.TokenRecords SET token_value = 'one' WHERE token_id = '4_3'");
        run("UPDATE dbo.TokenRecords SET token_value = NULL WHERE token_id = 'Q4'");
        Finding finding = find(FindingKind.OTHER_VALUE_IN_V1);
        assertThat(column(finding, "token_number")).containsExactly("2");
        assertThat(column(finding, "sqlite_token_value")).containsExactly("1");
        assertThat(column(finding, "v1_token_value")).containsExactly("0.999");
        assertThat(found()).containsExactly(FindingKind.OTHER_VALUE_IN_V1);
    }

    @Test
    void aTokenFreeInV1AndBeforeItOnAnotherNodeIsFoundWithBoth() throws Exception {
        row(V1, 1, "moved", "free");
        row(SQLITE, 1, "staying", "free");
        row(V1, 2, "moved", "free");
        row(SQLITE, 2, "staying", "transferred");
        row(V1, 3, "moved", "locked");
        row(SQLITE, 3, "staying", "free");
        row(V1, 4, "moved", "free");
        row(SQLITE, 4, "staying", "free");
        run("UPDATE dbo.TokenRecords SET deleted_version = 9 WHERE token_id = 'Q4'");
        both(5, "sender", "free", "transferred");
        row(V1, 5, "moved", "free");
        Finding finding = find(FindingKind.FREE_IN_BOTH_GENERATIONS);
        assertThat(column(finding, "token_number")).containsExactly("1");
        assertThat(column(finding, "v1_node_name")).containsExactly("moved");
        assertThat(column(finding, "sqlite_node_name")).containsExactly("staying");
        assertThat(found()).containsExactly(FindingKind.FREE_IN_BOTH_GENERATIONS);
    }

    @Test
    void whatIsFreeOnSeveralNodesUnderOneIdIsNotFoundTwice() throws Exception {
        row(V1, 1, "a", "free");
        row(V1, 1, "b", "free");
        both(2, "a", "free", "free");
        row(SQLITE, 2, "staying", "free");
        assertThat(column(find(FindingKind.FREE_ON_SEVERAL_NODES), "token_id")).containsExactly("4_1", "4_1", "Q2",
                "Q2");
        assertThat(found()).isEmpty();
    }

    @Test
    void tokensOfOtherNetworksAreNeitherMissingNorTakenForThoseOfTheMainNet() throws Exception {
        row(SQLITE, 1, "moved", "free");
        row(SQLITE, 2, "staying", "free");
        // before v1 a test token's content has neither level nor number
        row(SQLITE, 3, "moved", "free");
        run("UPDATE dbo.TokenRecords SET ipfs_info = NULL WHERE token_id = 'Q3'");
        for (int number = 1; number <= 3; number++) {
            for (String level : List.of("50004", "10004", "10000")) {
                row(V1, number, "moved", "free");
                run("UPDATE dbo.TokenRecords SET token_id = '" + level + "_" + number + "', did = 'another',"
                        + " token_value = '2', ipfs_info = NULL, ipfs_error = 'not_a_cid: x' WHERE token_id = '4_"
                        + number + "'");
            }
        }
        assertThat(column(find(FindingKind.MISSING_IN_V1), "token_id")).containsExactly("Q1");
        for (FindingKind kind : FindingKind.values()) {
            assertThat(find(kind).rows()).as(kind.code()).isEqualTo(kind == FindingKind.MISSING_IN_V1 ? 1 : 0);
        }
    }

    private List<FindingKind> found() throws Exception {
        return new AuditDatabase(settings, Duration.ofHours(24), Clock.systemUTC())
                .find(KINDS, Rows.first(10)).findings().stream()
                .filter(finding -> finding.rows() > 0).map(Finding::kind).toList();
    }

    private Finding find(FindingKind kind) throws Exception {
        Finding finding = new AuditDatabase(settings, Duration.ofHours(24), Clock.systemUTC())
                .find(List.of(kind), Rows.first(10)).findings().getFirst();
        assertThat(finding.rows()).isEqualTo(finding.sample().size());
        return finding;
    }

    private static List<String> column(Finding finding, String name) {
        int column = finding.columns().indexOf(name);
        return finding.sample().stream().map(row -> row.get(column)).toList();
    }

    private void both(int number, String node, String sqlite, String v1) throws SQLException {
        row(SQLITE, number, node, sqlite);
        row(V1, number, node, v1);
    }

    /** A whole token of level 4, which nodes before v1 call by a CID, here Q and its number. */
    private void row(String generation, int number, String node, String status) throws SQLException {
        String values = Stream.of("10.0.0.1", node, generation, generation.equals(V1) ? "4_" + number : "Q" + number,
                "owner", status, "whole", "1", "{\"kind\":\"whole\",\"level\":4,\"number\":" + number + "}",
                "/data/" + node, "2026-01-01T00:00:00").map(text -> "'" + text + "'").reduce((a, b) -> a + ", " + b)
                .orElseThrow();
        run("INSERT INTO dbo.TokenRecords (source_ip, node_name, node_generation, token_id, did, status_name,"
                + " token_kind, token_value, ipfs_info, db_path, db_last_modified) VALUES (" + values + ")");
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            connection.commit();
        }
    }
}
