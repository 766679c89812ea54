package io.tokensync.standalone.demo.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.simulator.truth.Truth;
import io.tokensync.simulator.truth.TruthRow;
import io.tokensync.simulator.truth.TruthWriter;

import static org.assertj.core.api.Assertions.assertThat;

class TruthCheckTest {
    private static final String URL = "jdbc:sqlite::memory:";
    private static final String OTHER_COLUMNS = "source_ip, node_name, token_id, token_kind, did, token_status, "
            + "status_name, node_generation, token_value, parent_token_id, token_state_hash, transaction_id, "
            + "validation_errors, ipfs_data, ipfs_error";

    @TempDir
    private Path directory;

    @Test
    void aTransactionIsCompared() throws Exception {
        Truth truth = truth();
        try (Connection connection = DriverManager.getConnection(URL);
                Statement statement = connection.createStatement()) {
            statement.execute("ATTACH ':memory:' AS dbo");
            statement.execute("CREATE TABLE dbo.TokenRecords (" + OTHER_COLUMNS.replace(",", " VARCHAR(100),")
                    + " VARCHAR(100), created_at TIMESTAMP, updated_at TIMESTAMP, deleted_at TIMESTAMP,"
                    + " ipfs_fetched BIT, transaction_check VARCHAR(20), transaction_initiator VARCHAR(100),"
                    + " transaction_owner VARCHAR(100), transaction_time TIMESTAMP)");
            statement.execute("INSERT INTO dbo.TokenRecords (source_ip, node_name, token_id, token_kind, token_status,"
                    + " node_generation, transaction_id, ipfs_data, ipfs_fetched)"
                    + " VALUES ('1', 'rubix001', '1_1', 'whole', '0', 'v1', 't', 'c', 1)");
            assertThat(TruthCheck.check(truth, connection).examples()).singleElement().asString()
                    .contains("transaction_check is null, not verified", "transaction_initiator", "transaction_owner",
                            "transaction_time");
            statement.execute("UPDATE dbo.TokenRecords SET transaction_check = 'verified', transaction_initiator = 'a',"
                    + " transaction_owner = 'b', transaction_time = '2025-01-01 00:00:00.0000000'");
            assertThat(TruthCheck.check(truth, connection).matching()).isOne();
        }
    }

    private Truth truth() throws Exception {
        TruthWriter.Part rows = new TruthWriter.Part(directory.resolve("rows"));
        try (rows) {
            rows.add(new TruthRow("vm1", "rubix001", "tokens", "1_1", "whole", "v1", null, "0", null, null, null, null,
                    null, null, "t",
                    new TruthRow.Transaction("verified", "a", "b", Instant.parse("2025-01-01T00:00:00Z")), List.of(),
                    TruthRow.Content.of("c")));
        }
        return TruthWriter.write(directory, new Truth.Header(new Truth.Origin(1, 1, 1, 1, 0, false, 1, 0),
                List.of(new Truth.Machine("vm1", "1", "vm1")),
                List.of(new Truth.Node("vm1", "rubix001", "vm1/config.toml", "V1", null, false)), List.of(), List.of(),
                1), List.of(rows));
    }
}
