package io.tokensync.cli.verify;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import javax.sql.DataSource;

import io.tokensync.common.time.Sleeper;
import io.tokensync.common.verification.BucketSums;
import io.tokensync.common.verification.RowFields;
import io.tokensync.ipfs.Cid;
import io.tokensync.scanner.operate.NodeCopy;
import io.tokensync.writer.verification.NodeTable.Node;

/** A copy of a node's database, and a table with the rows that a writer would have written of it. */
final class CopiedNode {
    static final Node NODE = new Node("10.0.0.1", "node1");
    static final String IS_IT = "source_ip = '10.0.0.1' AND node_name = 'node1'";

    private final Path file;

    private CopiedNode(Path file) {
        this.file = file;
    }

    /** A copy with so many tokens: whole ones and parts, with and without times, one whose fields are wrong. */
    static CopiedNode write(Path file, int tokens) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        "CREATE TABLE TokensTable (token_id text, parent_token_id text, token_value real, did text,"
                                + " token_status integer, token_state_hash text, transaction_id text, added numeric,"
                                + " sync_status integer, created_at datetime, updated_at datetime, PRIMARY KEY (token_id))");
            }
            try (PreparedStatement row = connection.prepareStatement(
                    "INSERT INTO TokensTable (token_id, parent_token_id, token_value, did, token_status, created_at,"
                            + " transaction_id) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
                for (int i = 0; i < tokens; i++) {
                    row.setString(1, id(i));
                    row.setString(2, i % 5 == 1 ? id(i - 1) : "");
                    row.setDouble(3, i % 5 == 1 ? 0.25 : i == 7 ? -1 : 1);
                    row.setString(4, i == 7 ? "no did ' of anybody" : "bafybmi" + "a".repeat(52));
                    row.setInt(5, i % 3 == 0 ? 4 : 0);
                    row.setString(6, i % 2 == 0 ? "2026-03-29 01:30:00.123456" + i % 10 + "+00:00" : null);
                    row.setString(7, i % 4 == 0 ? "tx" + i : null);
                    row.executeUpdate();
                }
            }
            connection.commit();
        }
        return new CopiedNode(file);
    }

    static String id(int token) {
        return Cid.v0Of(("token " + token).getBytes(StandardCharsets.UTF_8)).toString();
    }

    Path file() {
        return file;
    }

    NodeCopy copy() {
        return new NodeCopy(file, Clock.systemUTC(), Sleeper.system());
    }

    /** Writes its rows into the table. */
    void into(DataSource table, Node node) throws Exception {
        List<String> rows = new ArrayList<>();
        BitSet all = new BitSet();
        all.set(0, BucketSums.FINEST);
        copy().rows(all, (id, row) -> {
            List<String> values = new ArrayList<>(List.of(node.sourceIp(), node.nodeName(), id));
            values.addAll(RowFields.of(row).values());
            rows.add("(" + String.join(", ", values.stream().map(CopiedNode::literal).toList()) + ", 5)");
        });
        for (String row : rows) {
            run(table, "INSERT INTO dbo.TokenRecords (source_ip, node_name, token_id, "
                    + String.join(", ", RowFields.NAMES) + ", record_version) VALUES " + row);
        }
    }

    static String literal(String text) {
        return text == null ? "NULL" : "'" + text.replace("'", "''") + "'";
    }

    static void run(DataSource table, String sql) throws SQLException {
        try (Connection connection = table.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
            connection.commit();
        }
    }
}
