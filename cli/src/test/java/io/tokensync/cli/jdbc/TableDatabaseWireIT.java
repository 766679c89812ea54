package io.tokensync.cli.jdbc;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.config.Secret;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.monitor.table.Found;
import io.tokensync.monitor.table.Place;
import io.tokensync.monitor.table.Presence;
import io.tokensync.monitor.table.Search;
import io.tokensync.monitor.table.Search.NodeName;
import io.tokensync.monitor.table.Search.Range;
import io.tokensync.monitor.table.Search.What;
import io.tokensync.monitor.table.Validity;
import io.tokensync.monitor.table.jdbc.TableDatabase;
import io.tokensync.tds.SqlServerEndpoint;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;

import static org.assertj.core.api.Assertions.assertThat;

/** The page's searches in T-SQL, through Microsoft's driver. */
class TableDatabaseWireIT {
    private static final Range ANY = new Range(Optional.empty(), Optional.empty());

    private final SqlServerEndpoint endpoint = SqlServerEndpoint.start();
    private final SqlSettings settings = SqlSettings.of(endpoint.jdbcUrl(false), Optional.of(endpoint.user()),
            Optional.of(Secret.of(endpoint.password())));
    private TableDatabase table;

    @BeforeEach
    void open() throws Exception {
        try (Database database = Database.open(settings, 1)) {
            new Schema(database).migrate();
            try (Connection connection = database.dataSource().getConnection()) {
                for (int i = 0; i < 6; i++) {
                    row(connection, "Qm" + i, i);
                }
                connection.commit();
            }
        }
        table = new TableDatabase(settings);
    }

    @AfterEach
    void close() {
        table.close();
        endpoint.close();
    }

    @Test
    void everySearchIsUnderstood() throws Exception {
        Search all = Search.EVERYTHING;
        What none = all.what();
        assertThat(ids(all.of(List.of("Qm3", "Qm1")))).containsExactly("Qm1", "Qm3");
        assertThat(ids(search(Optional.of("Qm"), Optional.empty(), List.of(), none, ANY, Validity.ANY, false)))
                .containsExactly("Qm0", "Qm1", "Qm2", "Qm3", "Qm4");
        assertThat(ids(search(Optional.empty(), Optional.of("did:1"), List.of(), none,
                new Range(Optional.of(new BigDecimal("0.25")), Optional.of(BigDecimal.ONE)), Validity.CONTENT, false)))
                .containsExactly("Qm3", "Qm4");
        assertThat(ids(search(Optional.empty(), Optional.empty(), List.of(new NodeName("10.0.0.1", "n1")), none, ANY,
                Validity.ERRORS, false))).containsExactly("Qm1");
        assertThat(ids(search(Optional.empty(), Optional.empty(), List.of(),
                new What(Optional.of("part"), Optional.empty()), ANY, Validity.ANY, true))).isEmpty();
        assertThat(ids(search(Optional.empty(), Optional.empty(), List.of(),
                new What(Optional.empty(), Optional.of("free")), ANY, Validity.VALID, false)))
                .containsExactly("Qm2", "Qm3", "Qm4", "Qm0");
        assertThat(ids(search(Optional.empty(), Optional.empty(), List.of(), none, ANY, Validity.MISMATCH, false)))
                .containsExactly("Qm2");
    }

    @Test
    void thePagesOfTokensOwnersAndNodesAreUnderstood() throws Exception {
        assertThat(table.token("Qm0").orElseThrow().parts()).hasSize(5);
        assertThat(table.token("Qm4").orElseThrow().parents()).hasSize(1);
        assertThat(table.token("Qm4").orElseThrow().rows().getFirst()).containsEntry("ipfs_fetched", true);
        assertThat(table.owner("did:1").now().counted()).isEqualTo(5);
        assertThat(table.node(new NodeName("10.0.0.1", "n1")).counted()).isEqualTo(5);
        assertThat(table.verifications()).isEmpty();
    }

    private List<Object> ids(Search search) throws Exception {
        Found first = table.search(search, Place.START, 2);
        List<Object> ids = new ArrayList<>(first.rows().stream().map(row -> row.get("token_id")).toList());
        if (first.next().isPresent()) {
            table.search(search, first.next().get(), 100).rows().forEach(row -> ids.add(row.get("token_id")));
        }
        return ids;
    }

    private static Search search(Optional<String> prefix, Optional<String> did, List<NodeName> nodes, What what,
            Range range, Validity validity, boolean several) {
        return new Search(List.of(), prefix, did, nodes, what, range, validity, Presence.LISTED, several);
    }

    /** The first is whole, the others are parts of it; the last is gone. */
    private static void row(Connection connection, String token, int i) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO dbo.TokenRecords (source_ip, node_name, token_id, did, token_kind, status_name, "
                            + "token_value, parent_token_id, ipfs_fetched, ipfs_error, validation_errors, deleted_version) VALUES "
                            + "(N'10.0.0.1', N'n1', N'" + token + "', N'did:1', N'" + (i == 0 ? "whole" : "part")
                            + "', N'free', N'"
                            + (i == 0 ? "2" : "0." + i) + "', " + (i == 0 ? "NULL" : "N'Qm0'") + ", " + (i == 2 ? 0 : 1)
                            + ", "
                            + (i == 2 ? "N'mismatch: x'" : "NULL") + ", " + (i == 1 ? "N'[]'" : "NULL") + ", "
                            + (i == 5 ? 9 : 0) + ")");
        }
    }
}
