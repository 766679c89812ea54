package io.tokensync.writer.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.model.TokenLevels;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.Table;

import static org.assertj.core.api.Assertions.assertThat;

/** What auditors read from the views, on each database product. */
abstract class ViewsContract {
    private Database database;
    private Table table;

    abstract SqlSettings settings();

    @BeforeEach
    void migrate() throws Exception {
        database = Database.open(settings(), 1);
        new Schema(database).migrate();
        table = new Table(database.dataSource());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aTokenIsCountedOnEachNodeThatListsIt() throws Exception {
        row("a", "n1", "0", "whole", "1.0", null, 0);
        row("a", "n2", "4", "whole", "1.0", null, 0);
        row("a", "n3", "0", "whole", "1.0", null, 7);
        row("b", "n1", "9", "whole", "1.0", null, 0);
        assertThat(rows("SELECT token_id, kind_name, listed_on_nodes, owners, free_on_nodes, transferred_on_nodes,"
                + " burnt_on_nodes FROM dbo.vw_TokenHolders ORDER BY token_id")).containsExactly(
                        "a|whole RBT|2|1|1|1|0", "b|whole RBT|1|1|0|0|1");
    }

    @Test
    void tokensThatAreFreeOnSeveralNodesAreShownWithEachOfThem() throws Exception {
        row("a", "n1", "0", "whole", "1.0", null, 0);
        row("a", "n2", "0", "whole", "1.0", null, 0);
        row("a", "n3", "4", "whole", "1.0", null, 0);
        row("b", "n1", "0", "whole", "1.0", null, 0);
        row("b", "n2", "0", "whole", "1.0", null, 5);
        row("A", "n2", "0", "whole", "1.0", null, 0);
        assertThat(rows("SELECT token_id, free_on_nodes, node_name FROM dbo.vw_FreeOnSeveralNodes ORDER BY node_name"))
                .containsExactly("a|2|n1", "a|2|n2");
    }

    @Test
    void partsAreComparedWithTheirParent() throws Exception {
        row("whole", "n1", "9", "whole", "1.0", null, 0);
        row("p1", "n1", "4", "part", "0.4", "whole", 0);
        row("p1", "n2", "0", "part", "0.4", "whole", 0);
        row("p2", "n1", "0", "part", "0.6", "whole", 0);
        row("less", "n1", "9", "whole", "1.0", null, 0);
        row("p3", "n1", "0", "part", "0.25", "less", 0);
        row("more", "n1", "0", "whole", "1.0", null, 0);
        row("p4", "n1", "0", "part", "1.5", "more", 0);
        row("p5", "n1", "0", "part", "0.5", "unseen", 0);
        row("odd", "n1", "9", "whole", "1.0", null, 0);
        row("p6", "n1", "0", "part", "half", "odd", 0);
        assertThat(rows("SELECT parent_token_id, parts, parts_without_value, parent_free_on_nodes, verdict"
                + " FROM dbo.vw_PartsAgainstParent ORDER BY parent_token_id")).containsExactly(
                        "less|1|0|0|less than parent", "more|1|0|1|more than parent", "odd|1|1|0|value not readable",
                        "unseen|1|0|0|parent not listed", "whole|2|0|0|equal");
        assertThat(rows("SELECT CAST(value_difference * 100 AS INT) FROM dbo.vw_PartsAgainstParent"
                + " WHERE parent_token_id = 'less'")).containsExactly("-75");
    }

    @Test
    void aNodeIsStaleWhenNothingIsHeardOfIt() throws Exception {
        row("a", "quiet", "0", "whole", "1.0", null, 0);
        row("a", "seen", "0", "whole", "1.0", null, 0);
        row("a", "fresh", "0", "whole", "1.0", null, 0);
        row("b", "fresh", "0", "whole", "1.0", null, 9);
        table.run("UPDATE dbo.TokenRecords SET synced_at = '2026-01-01T00:00:00' WHERE node_name <> 'fresh'",
                "INSERT INTO dbo.ProcessedDatabases (source_ip, db_path, last_modified, last_processed)"
                        + " SELECT source_ip, db_path, db_last_modified, (SELECT MAX(synced_at) FROM dbo.TokenRecords)"
                        + " FROM dbo.TokenRecords WHERE node_name = 'seen'");
        assertThat(rows("SELECT node_name, rows_listed, rows_deleted FROM dbo.vw_Nodes ORDER BY node_name"))
                .containsExactly("fresh|1|1", "quiet|1|0", "seen|1|0");
        assertThat(rows("SELECT node_name FROM dbo.vw_StaleNodes")).containsExactly("quiet");
    }

    @Test
    void anHourIsAnHourAndWhatHasNotChangedIsNotSilent() throws Exception {
        row("a", "n", "0", "whole", "1.0", null, 0);
        table.run("UPDATE dbo.TokenRecords SET synced_at = '" + ago(Duration.ofMinutes(3 * 60 + 20)) + "'",
                "INSERT INTO dbo.ProcessedDatabases (source_ip, db_path, last_modified, last_processed, problem)"
                        + " SELECT source_ip, db_path, db_last_modified, '" + ago(Duration.ofMinutes(80)) + "', 'why'"
                        + " FROM dbo.TokenRecords");
        assertThat(rows("SELECT hours_silent, hours_unchanged, problem FROM dbo.vw_Nodes")).containsExactly("1|3|why");
        // Just before the hour struck last, or the one before.
        int minute = LocalDateTime.now(ZoneOffset.UTC).getMinute();
        int minutes = minute < 30 ? minute + 1 : Math.min(minute + 61, 110);
        table.run("UPDATE dbo.ProcessedDatabases SET last_processed = '" + ago(Duration.ofMinutes(minutes)) + "'");
        assertThat(rows("SELECT hours_silent FROM dbo.vw_Nodes")).containsExactly(Integer.toString(minutes / 60));
    }

    /** Sixty borders of minutes lie between, but not sixty minutes. */
    @Test
    void anHourIsNotOverBeforeItsLastMinuteIs() throws Exception {
        LocalDateTime heard = LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES).minusMinutes(59)
                .minusSeconds(1);
        row("a", "n", "0", "whole", "1.0", null, 0);
        table.run("UPDATE dbo.TokenRecords SET synced_at = '" + heard.format(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                + "'");
        long before = ChronoUnit.SECONDS.between(heard, LocalDateTime.now(ZoneOffset.UTC)) / 3600;
        int silent = Integer.parseInt(rows("SELECT hours_silent FROM dbo.vw_Nodes").getFirst());
        long behind = (ChronoUnit.SECONDS.between(heard, LocalDateTime.now(ZoneOffset.UTC)) + 1) / 3600;
        assertThat((long) silent).isBetween(before, behind);
    }

    private static String ago(Duration duration) {
        return LocalDateTime.now(ZoneOffset.UTC).minus(duration).truncatedTo(ChronoUnit.SECONDS)
                .format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
    }

    @Test
    void contentThatNobodyHasVerifiedIsShownWithTheReason() throws Exception {
        for (String token : new String[]{"asked", "failed", "fetched", "gone", "old", "unasked"}) {
            row(token, "n", "0", "whole", "1.0", null, token.equals("gone") ? 3 : 0);
        }
        table.run("UPDATE dbo.TokenRecords SET ipfs_error = 'timeout: after 5 s' WHERE token_id = 'asked'",
                "UPDATE dbo.TokenRecords SET ipfs_error = 'merkledag' WHERE token_id = 'failed'",
                "UPDATE dbo.TokenRecords SET ipfs_fetched = 1, ipfs_source = 'kubo' WHERE token_id = 'fetched'",
                "UPDATE dbo.TokenRecords SET ipfs_fetched = 1, ipfs_source = 'python tool' WHERE token_id = 'old'");
        assertThat(rows("SELECT token_id, reason FROM dbo.vw_UnverifiableContent ORDER BY token_id")).containsExactly(
                "asked|timeout", "failed|merkledag", "old|migrated", "unasked|not asked");
    }

    @Test
    void whatContentSaysIsShownByName() throws Exception {
        for (String token : new String[]{"ft", "odd", "part", "silent", "whole"}) {
            row(token, "n", "0", "whole", "1.0", null, token.equals("part") ? 3 : 0);
        }
        info("ft", "{\"kind\":\"ft\",\"name\":\"A, b\",\"index\":123456789012345678,\"creator\":\"did\"}");
        info("odd", "{\"kind\":\"whole\",\"level\":79,\"possible\":false}");
        info("part", "{\"kind\":\"part\",\"parent\":\"p\",\"part\":7,\"value\":0.00001,\"creator\":\"did\"}");
        info("whole", "{\"kind\":\"whole\",\"level\":4,\"number\":1000000}");
        assertThat(rows("SELECT token_id, content_kind, token_level, token_number, is_possible, CAST(is_deleted AS INT)"
                + " FROM dbo.vw_TokenContents WHERE token_id <> 'ft' ORDER BY token_id")).containsExactly(
                        "odd|whole|79|null|false|0", "part|part|null|null|null|1",
                        "whole|whole|4|1000000|null|0");
        assertThat(rows("SELECT ft_name, ft_index, creator_did FROM dbo.vw_TokenContents WHERE content_kind = 'ft'"))
                .containsExactly("A, b|123456789012345678|did");
        assertThat(rows("SELECT parent_in_content, part_number, CAST(part_value * 100000 AS INT)"
                + " FROM dbo.vw_TokenContents WHERE content_kind = 'part'")).containsExactly("p|7|1");
    }

    @Test
    void aWholeTokenIsRecognizedInBothGenerations() throws Exception {
        for (String token : new String[]{"4_7", "Qcut", "Qgone", "Qlong", "Qodd", "Qseven", "Qunread"}) {
            row(token, "n", "0", "whole", "1.0", null, token.equals("Qgone") ? 3 : 0);
            info(token, "{\"kind\":\"whole\",\"level\":4,\"number\":7}");
        }
        row("Qpart", "n", "0", "part", "0.5", "p", 0);
        info("Qpart", "{\"kind\":\"part\",\"parent\":\"p\",\"part\":7,\"level\":4,\"number\":7}");
        info("Qcut", "{\"kind\":\"whole\",\"level\":1,\"number\":4300000,\"beyond_supply\":true}");
        info("Qlong", "{\"kind\":\"whole\",\"level\":4,\"number\":1234567890}");
        info("Qodd", "{\"kind\":\"whole\",\"level\":4,\"number\":2188564,\"possible\":false}");
        info("Qunread", "{\"kind\":\"whole\",\"level\":4,\"number\":9");
        table.run("UPDATE dbo.TokenRecords SET token_value = '1e9x' WHERE token_id = 'Qodd'",
                "UPDATE dbo.TokenRecords SET node_generation = 'v1', status_name = NULL WHERE token_id = '4_7'");
        assertThat(rows("SELECT token_id, node_generation, token_level, token_number, status_name, token_value,"
                + " CAST(numeric_value AS INT), is_possible, supply_verdict FROM dbo.vw_TokenIdentity"
                + " ORDER BY token_id"))
                .containsExactly("4_7|v1|4|7|unknown|1.0|1|null|possible",
                        "Qcut|null|1|4300000|free|1.0|1|null|beyond today's supply",
                        "Qodd|null|4|2188564|free|1e9x|null|false|impossible",
                        "Qseven|null|4|7|free|1.0|1|null|possible");
    }

    @Test
    void everyLevelHasTheCapacityThatTheCodeKnows() throws Exception {
        assertThat(rows("SELECT token_level, capacity, tokens_seen FROM dbo.vw_SupplyByLevel ORDER BY token_level"))
                .isEqualTo(IntStream.rangeClosed(TokenLevels.FIRST, TokenLevels.LAST)
                        .mapToObj(level -> level + "|" + TokenLevels.capacity(level) + "|0").toList());
    }

    @Test
    void theSupplyCountsEachTokenOnceWhoeverListsIt() throws Exception {
        supply("Q1", "n1", "0", 4, "1");
        supply("4_1", "n1", "0", 4, "1");
        supply("Q1", "n2", "9", 4, "1");
        supply("Q2", "n1", "9", 4, "2");
        supply("Q2", "n2", "4", 4, "2");
        supply("Q3", "n1", "16", 4, "3");
        supply("Q4", "n1", "2", 4, "4");
        supply("Q5", "n1", "20", 4, "5");
        supply("Q6", "n1", "0", 4, "2188564,\"possible\":false");
        supply("Q7", "n1", "0", 1, "4300000,\"beyond_supply\":true");
        supply("Q8", "n1", "0", 79, "1,\"possible\":false");
        assertThat(rows("SELECT token_level, capacity, tokens_seen, tokens_free, tokens_burnt, tokens_pledged,"
                + " tokens_beyond_supply, tokens_impossible FROM dbo.vw_SupplyByLevel WHERE tokens_seen > 0"
                + " ORDER BY token_level")).containsExactly("1|5000000|1|1|0|0|1|0", "4|2188563|6|2|2|1|0|1",
                        "79|null|1|1|0|0|0|1");
    }

    /** Their ids have levels from 10,000 on, and what is in them is not known. */
    @Test
    void tokensOfOtherNetworksAreInNoSupply() throws Exception {
        supply("1_5", "n1", "0", 1, "5");
        for (String token : new String[]{"50001_5", "50001_5000001", "10000_5", "10001_5"}) {
            row(token, "n1", "0", "whole", "1.0", null, 0);
            table.run("UPDATE dbo.TokenRecords SET node_generation = 'v1', ipfs_error = 'not_a_cid: x'"
                    + " WHERE token_id = '" + token + "'");
        }
        assertThat(rows("SELECT token_id FROM dbo.TokenRecords WHERE token_level IS NOT NULL"
                + " OR token_number IS NOT NULL")).containsExactly("1_5");
        assertThat(rows("SELECT token_id FROM dbo.vw_TokenIdentity")).containsExactly("1_5");
        assertThat(rows("SELECT token_id FROM dbo.vw_TokenContents")).containsExactly("1_5");
        assertThat(rows("SELECT token_level, tokens_seen, tokens_beyond_supply, tokens_impossible"
                + " FROM dbo.vw_SupplyByLevel WHERE tokens_seen > 0 OR capacity IS NULL"))
                .containsExactly("1|1|0|0");
    }

    private void supply(String token, String node, String status, int level, String number) throws SQLException {
        row(token, node, status, "whole", "1.0", null, 0);
        info(token, "{\"kind\":\"whole\",\"level\":" + level + ",\"number\":" + number + "}");
    }

    private void info(String token, String json) throws SQLException {
        table.run("UPDATE dbo.TokenRecords SET ipfs_info = '" + json + "' WHERE token_id = '" + token + "'");
    }

    private void row(String token, String node, String status, String kind, String value, String parent,
            int deletedVersion) throws SQLException {
        table.run("INSERT INTO dbo.TokenRecords (source_ip, node_name, token_id, did, token_status, status_name,"
                + " token_kind, token_value, parent_token_id, deleted_version, db_path, db_last_modified)"
                + " VALUES ('10.0.0.1', '" + node + "', '" + token + "', 'owner', '" + status + "', "
                + StatusNames.sql(status)
                + ", '" + kind + "', '" + value + "', "
                + (parent == null ? "NULL" : "'" + parent + "'") + ", " + deletedVersion + ", '/data/" + node
                + "', '2026-01-01T00:00:00')");
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                StringJoiner row = new StringJoiner("|");
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(result.getString(column));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }
}
