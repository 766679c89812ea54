package io.tokensync.cli.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.model.NodeGeneration;
import io.tokensync.common.model.TokenStatus;
import io.tokensync.common.model.TransactionCheck;
import io.tokensync.common.model.VersionBounds;
import io.tokensync.monitor.audit.AuditAnswers;
import io.tokensync.monitor.audit.AuditException;
import io.tokensync.monitor.audit.Finding;
import io.tokensync.monitor.audit.FindingKind;
import io.tokensync.monitor.audit.Rows;
import io.tokensync.monitor.audit.jdbc.AuditDatabase;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;
import io.tokensync.writer.schema.VersionReset;

import static org.assertj.core.api.Assertions.assertThat;

/** What the audit finds in the tables that the writer's schema makes, on each database product. */
abstract class AuditContract {
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
    void aTableInOrderHasNoFindings() throws Exception {
        row("a", "n1", "0", "whole", "1.0", null);
        row("a", "n2", "4", "whole", "1.0", null);
        row("a", "n3", "20", "whole", "1.0", null);
        row("p", "n1", "9", "whole", "1.0", null);
        row("p1", "n1", "0", "part", "0.4", "p");
        row("p2", "n1", "0", "part", "0.6", "p");
        assertThat(audit(Rows.first(10))).hasSize(FindingKind.values().length)
                .allSatisfy(finding -> assertThat(finding.rows()).as(finding.kind().code()).isZero());
    }

    @Test
    void aTokenFreeOnTwoNodesIsFoundWithBothAndIsNoOtherContradiction() throws Exception {
        row("a", "n1", "0", "whole", "1.0", null);
        row("a", "n2", "0", "whole", "1.0", null);
        Finding finding = finding(FindingKind.FREE_ON_SEVERAL_NODES);
        assertThat(finding.rows()).isEqualTo(2);
        assertThat(column(finding, "node_name")).containsExactly("n1", "n2");
        assertThat(finding(FindingKind.CONTRADICTING_STATUSES).rows()).isZero();
    }

    @Test
    void statusesThatExcludeEachOtherAreFound() throws Exception {
        row("burnt-and-free", "n1", "0", "whole", "1.0", null);
        row("burnt-and-free", "n2", "9", "whole", "1.0", null);
        row("held-twice", "n1", "1", "whole", "1.0", null);
        row("held-twice", "n2", "2", "whole", "1.0", null);
        row("reported", "n1", "14", "whole", "1.0", null);
        row("sent", "n1", "4", "whole", "1.0", null);
        row("sent", "n2", "1", "whole", "1.0", null);
        assertThat(column(finding(FindingKind.CONTRADICTING_STATUSES), "token_id")).containsExactly("burnt-and-free",
                "burnt-and-free", "held-twice", "held-twice", "reported");
    }

    /** As nodes leave it behind: the sender keeps its row, and so does the quorum, under the sender's DID. */
    @Test
    void aTransferContradictsNothingAndABurningByTheHolderDoes() throws Exception {
        row("sent", "sender", "4", "whole", "1.0", null);
        row("sent", "old-quorum", "9", "whole", "1.0", null);
        row("sent", "quorum", "20", "whole", "1.0", null);
        row("sent", "receiver", "0", "whole", "1.0", null);
        run("UPDATE dbo.TokenRecords SET did = 'receiver' WHERE node_name = 'receiver'");
        assertThat(finding(FindingKind.CONTRADICTING_STATUSES).sample()).isEmpty();
        run("UPDATE dbo.TokenRecords SET did = 'somebody' WHERE node_name = 'old-quorum'");
        assertThat(column(finding(FindingKind.CONTRADICTING_STATUSES), "node_name")).containsExactly("old-quorum",
                "quorum", "receiver", "sender");
    }

    @Test
    void partsWorthMoreThanTheirParentAreFoundAndSoIsAParentThatIsStillFree() throws Exception {
        row("p", "n1", "0", "whole", "1.0", null);
        row("p1", "n1", "0", "part", "0.7", "p");
        row("p1", "n2", "4", "part", "0.7", "p");
        row("p2", "n1", "0", "part", "0.6", "p");
        Finding exceeding = finding(FindingKind.PARTS_EXCEED_PARENT);
        assertThat(column(exceeding, "token_id")).containsExactly("p1", "p1", "p2");
        assertThat(column(exceeding, "parts_value")).allMatch(value -> value.startsWith("1.3"));
        assertThat(column(finding(FindingKind.PARENT_STILL_FREE), "token_id")).containsExactly("p");
    }

    @Test
    void contentThatDoesNotMatchIsFoundAndContentThatIsOnlyMissingIsNot() throws Exception {
        row("a", "n1", "0", "whole", "1.0", null);
        row("b", "n1", "0", "whole", "1.0", null);
        row("c", "n1", "0", "whole", "1.0", null);
        run("UPDATE dbo.TokenRecords SET ipfs_error = 'pending: mismatch: other bytes' WHERE token_id = 'c'");
        run("UPDATE dbo.TokenRecords SET ipfs_error = 'mismatch: other bytes' WHERE token_id = 'a'");
        run("UPDATE dbo.TokenRecords SET ipfs_error = 'not_found: nobody has it' WHERE token_id = 'b'");
        assertThat(column(finding(FindingKind.CONTENT_MISMATCH), "token_id")).containsExactly("a", "c");
    }

    @Test
    void aWholeTokenThatCannotExistIsFoundAndOneBeyondTodaysSupplyIsNot() throws Exception {
        content("possible", "{\"kind\":\"whole\",\"level\":3,\"number\":2303750}");
        content("impossible", "{\"kind\":\"whole\",\"level\":3,\"number\":2303751,\"possible\":false}");
        content("unknown-number", "{\"kind\":\"whole\",\"level\":1,\"possible\":false}");
        content("cut", "{\"kind\":\"whole\",\"level\":1,\"number\":4300000,\"beyond_supply\":true}");
        content("part", "{\"kind\":\"part\",\"parent\":\"p\",\"part\":1,\"value\":0.5,\"creator\":\"c\"}");
        Finding finding = finding(FindingKind.IMPOSSIBLE_TOKENS);
        assertThat(column(finding, "token_id")).containsExactly("impossible", "unknown-number");
        assertThat(column(finding, "token_number")).containsExactly("2303751", null);
        assertThat(verdicts())
                .isEqualTo("cut=beyond today's supply, impossible=impossible, part=null, possible=possible, "
                        + "unknown-number=impossible");
    }

    @Test
    void aTokenThatTheNetworkHasMarkedIsFound() throws Exception {
        row("a", "n1", "2302", "whole", "1.0", null);
        row("b", "n1", "0", "whole", "1.0", null);
        assertThat(column(finding(FindingKind.OUTSIDE_LIMITS), "token_id")).containsExactly("a");
    }

    @Test
    void aLivingRowWhoseTransactionProvesNothingIsFound() throws Exception {
        for (TransactionCheck check : TransactionCheck.values()) {
            transaction(check.code(), "'" + check.code() + "'");
        }
        transaction("not-read", "NULL");
        transaction("gone", "'" + TransactionCheck.MISSING.code() + "'");
        run("UPDATE dbo.TokenRecords SET deleted_version = 9 WHERE token_id = 'gone'");
        Finding finding = finding(FindingKind.TRANSACTION_UNPROVEN);
        assertThat(column(finding, "transaction_check")).containsExactly("id_differs", "missing", "signature_differs");
        assertThat(column(finding, "token_id")).isEqualTo(column(finding, "transaction_check"));
        assertThat(column(finding, "transaction_id")).containsOnly("tx");
        assertThat(finding.rows()).isEqualTo(3);
    }

    @Test
    void aNodeThatHasSaidNothingForADayIsQuiet() throws Exception {
        row("a", "quiet", "0", "whole", "1.0", null);
        row("b", "fresh", "0", "whole", "1.0", null);
        run("UPDATE dbo.TokenRecords SET synced_at = '2026-01-01T00:00:00' WHERE node_name = 'quiet'");
        assertThat(column(finding(FindingKind.QUIET_NODES), "node_name")).containsExactly("quiet");
    }

    @Test
    void versionsAheadOfAllClocksAreFound() throws Exception {
        for (String node : List.of("row", "deletion", "attempt", "reading", "sound")) {
            row("a", node, "4", "whole", "1.0", null);
        }
        long now = VersionBounds.at(Instant.now()).record();
        run("UPDATE dbo.TokenRecords SET record_version = " + now + ", content_version = 2, ipfs_fetched = 1");
        run("UPDATE dbo.TokenRecords SET record_version = " + Long.MAX_VALUE + " WHERE node_name = 'row'");
        run("UPDATE dbo.TokenRecords SET deleted_version = " + Long.MAX_VALUE + " WHERE node_name = 'deletion'");
        run("UPDATE dbo.TokenRecords SET content_version = " + now + ", ipfs_fetched = 0, ipfs_error = 'timeout: x'"
                + " WHERE node_name = 'attempt'");
        run("UPDATE dbo.TokenRecords SET content_version = " + now + " WHERE node_name = 'reading'");
        assertThat(column(finding(FindingKind.IMPLAUSIBLE_VERSIONS), "node_name")).containsExactly("attempt",
                "deletion",
                "reading", "row");
        new VersionReset(database).run(Instant.now());
        assertThat(finding(FindingKind.IMPLAUSIBLE_VERSIONS).rows()).isZero();
    }

    @Test
    void thePagesOfAFindingAreAllItsRowsInOrder() throws Exception {
        for (int node = 0; node < 7; node++) {
            row("a", "n" + node, "0", "whole", "1.0", null);
        }
        Finding second = find(FindingKind.FREE_ON_SEVERAL_NODES, new Rows(3, 3));
        assertThat(second.rows()).isEqualTo(7);
        assertThat(column(second, "node_name")).containsExactly("n3", "n4", "n5");
        assertThat(find(FindingKind.FREE_ON_SEVERAL_NODES, new Rows(9, 3)).sample()).isEmpty();
    }

    private Finding finding(FindingKind kind) throws AuditException {
        return find(kind, Rows.first(100));
    }

    private Finding find(FindingKind kind, Rows rows) throws AuditException {
        return findings(List.of(kind), rows).getFirst();
    }

    private List<Finding> audit(Rows rows) throws AuditException {
        return findings(List.of(FindingKind.values()), rows);
    }

    private List<Finding> findings(List<FindingKind> kinds, Rows rows) throws AuditException {
        AuditAnswers answers = auditor(settings).find(kinds, rows);
        assertThat(answers.unanswered()).isEmpty();
        return answers.findings();
    }

    static AuditDatabase auditor(SqlSettings where) {
        return new AuditDatabase(where, Duration.ofHours(24), Clock.systemUTC());
    }

    private static List<String> column(Finding finding, String name) {
        int column = finding.columns().indexOf(name);
        return finding.sample().stream().map(row -> row.get(column)).toList();
    }

    private void content(String token, String info) throws SQLException {
        row(token, "n1", "0", "whole", "1.0", null);
        run("UPDATE dbo.TokenRecords SET ipfs_fetched = 1, ipfs_info = '" + info + "' WHERE token_id = '" + token
                + "'");
    }

    private void transaction(String token, String check) throws SQLException {
        row(token, "n1", "0", "whole", "1.0", null);
        run("UPDATE dbo.TokenRecords SET node_generation = 'v1', transaction_id = 'tx', transaction_check = " + check
                + " WHERE token_id = '" + token + "'");
    }

    private String verdicts() throws SQLException {
        List<String> verdicts = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "SELECT token_id, supply_verdict FROM dbo.vw_TokenContents ORDER BY token_id")) {
            while (found.next()) {
                verdicts.add(found.getString(1) + "=" + found.getString(2));
            }
        }
        return String.join(", ", verdicts);
    }

    final void row(String token, String node, String status, String kind, String value, String parent)
            throws SQLException {
        String name = TokenStatus.of(NodeGeneration.SQLITE, status).orElseThrow().text();
        run("INSERT INTO dbo.TokenRecords (source_ip, node_name, token_id, did, token_status, status_name, token_kind,"
                + " token_value, parent_token_id, db_path, db_last_modified) VALUES ('10.0.0.1', '" + node + "', '"
                + token + "', 'owner', '" + status + "', '" + name + "', '" + kind + "', '" + value + "', "
                + (parent == null ? "NULL" : "'" + parent + "'") + ", '/data/" + node + "', '2026-01-01T00:00:00')");
    }

    final void run(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            connection.commit();
        }
    }
}
