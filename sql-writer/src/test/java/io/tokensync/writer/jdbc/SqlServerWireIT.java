package io.tokensync.writer.jdbc;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.writer.batch.BatchWriter;
import io.tokensync.writer.batch.Records;

import static io.tokensync.writer.batch.Records.batch;
import static io.tokensync.writer.batch.Records.upsert;
import static org.assertj.core.api.Assertions.assertThat;

/** The contract through Microsoft's driver: its login, its bulk copy, our T-SQL. */
class SqlServerWireIT extends BatchWriterContract {
    private static final int LARGE = 50_000;

    @RegisterExtension
    final WireServer server = new WireServer();

    /** What stands among the fields that are set goes into the transaction log, changed or not. */
    @Test
    void aRowThatChangesDoesNotSetItsContentAnew() throws Exception {
        try (Database database = Database.open(server.settings(), 1)) {
            BatchWriter writer = database.batchWriter();
            Table table = new Table(database.dataSource());
            TokenKey key = new TokenKey("10.0.0.1", "node1", "a");
            String large = "c".repeat(LARGE);
            writer.write(batch(upsert(key, 1, Records.row("d"), Records.fetched(large))));
            server.endpoint().record().clear();

            writer.write(batch(upsert(key, 2, Records.row("e"), Content.absent())));
            assertThat(server.endpoint().record().statements("MERGE INTO dbo\\.TokenRecords")).isOne();
            assertThat(server.endpoint().record().statements("ipfs_data = ")).isZero();
            assertThat(table.column("did")).containsEntry("a", "e");
            assertThat(table.column("ipfs_data")).containsEntry("a", large);

            writer.write(batch(upsert(key, 3, Records.row("f"), Records.fetched(large + "!"))));
            assertThat(server.endpoint().record().statements("ipfs_data = s\\.ipfs_data")).isOne();
            assertThat(server.endpoint().record().statements("CASE WHEN .* t\\.ipfs_data END")).isZero();
            assertThat(table.column("did")).containsEntry("a", "f");
        }
    }

    /** A batch of a few rows does not pay for a plan of its own, nor one of many for a plan that reads the table. */
    @Test
    void thePlanIsPrescribed() throws Exception {
        try (Database database = Database.open(server.settings(), 1)) {
            TokenKey key = new TokenKey("10.0.0.1", "node1", "a");
            server.endpoint().record().clear();
            database.batchWriter().write(batch(upsert(key, 1, Records.row("d"), Records.fetched("x"))));
        }
        List<String> joined = server.endpoint().record().statements().stream()
                .filter(sql -> sql.contains("dbo.TokenRecords AS t") && !sql.contains("INFORMATION_SCHEMA")).toList();
        assertThat(joined).hasSize(3).allSatisfy(sql -> assertThat(sql.strip())
                .endsWith("OPTION (LOOP JOIN, FORCE ORDER, KEEPFIXED PLAN);"));
    }

    /** Behind a batch that brought nothing new the next is compared by its keys, and of it only what is newer is staged whole. */
    @Test
    void aReplayIsNotStagedWhole() throws Exception {
        TokenRecord a = upsert("a", 1, "x");
        TokenRecord b = upsert("b", 1, "x");
        try (Database database = Database.open(server.settings(), 1)) {
            BatchWriter writer = database.batchWriter();
            writer.write(batch(a, b));
            assertThat(staged(writer, a, b)).containsExactly(1L, 0L);
            assertThat(staged(writer, a, b)).containsExactly(0L, 1L);
            assertThat(staged(writer, a, b, upsert("c", 1, "x"))).containsExactly(1L, 1L);
            assertThat(staged(writer, a, b, upsert("c", 2, "y"), upsert("d", 1, "x"))).containsExactly(1L, 1L);
            assertThat(staged(writer, upsert("e", 1, "x"))).as("half of it was newer").containsExactly(1L, 0L);
            assertThat(new Table(database.dataSource()).column("did")).containsEntry("c", "y").hasSize(5);
        }
    }

    /** How often whole rows were staged, and how often their keys. */
    private List<Long> staged(BatchWriter writer, TokenRecord... records) throws Exception {
        server.endpoint().record().clear();
        writer.write(batch(records));
        return List.of(server.endpoint().record().statements("(?i)INSERT BULK .*#stage"),
                server.endpoint().record().statements("(?i)INSERT BULK .*#narrow"));
    }

    @Override
    SqlSettings settings() {
        return server.settings();
    }

    @Override
    int runs() {
        return 20;
    }
}
