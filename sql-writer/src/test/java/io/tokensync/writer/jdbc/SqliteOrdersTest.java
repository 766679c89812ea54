package io.tokensync.writer.jdbc;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.testkit.property.Gen;
import io.tokensync.testkit.property.Property;
import io.tokensync.writer.batch.BatchCounts;
import io.tokensync.writer.batch.BatchWriter;
import io.tokensync.writer.batch.Records;
import io.tokensync.writer.schema.Schema;

import static io.tokensync.writer.batch.Records.batch;
import static io.tokensync.writer.batch.Records.upsert;
import static org.assertj.core.api.Assertions.assertThat;

/** Rows are looked up first or inserted first, whatever the rows before were: the table and what is counted are the same. */
class SqliteOrdersTest {
    private static final int RUNS = 80;
    private static final int MOST_RECORDS = 60;
    private static final int IDS = 30;

    private final Database database = Database.open(SqliteDatabases.fresh(), 1);
    private final DedicatedConnection connection = new DedicatedConnection(
            () -> database.dataSource().getConnection(), WriteListener.NONE, System::nanoTime);
    private final Table table = new Table(database.dataSource());

    @BeforeEach
    void migrate() throws Exception {
        new Schema(database).migrate();
    }

    @AfterEach
    void close() {
        connection.close();
        database.close();
    }

    @Test
    void theTableAndTheCountsAreTheModelsHoweverOftenTheOrderChanges() {
        Property.forAll(RUNS, gen -> CountsModel.requireSame(gen, gen.list(MOST_RECORDS, SqliteOrdersTest::record),
                writer(gen.integer(1, 7)), table));
    }

    /** New rows between two that are there: the first is behind new ones and meets the insert, the others the look. */
    @Test
    void aRowThatIsThereIsNotMistakenForANewOneAmongThem() throws Exception {
        BatchWriter writer = writer(2);
        writer.write(batch(upsert("c", 1, "x"), upsert("f", 5, "x")));
        BatchCounts counts = writer.write(batch(upsert("a", 1, "x"), upsert("b", 1, "x"), upsert("c", 1, "x"),
                upsert("d", 1, "x"), upsert("e", 1, "x"), upsert("f", 6, "y"), upsert("g", 1, "x"))).counts();
        assertThat(counts).isEqualTo(new BatchCounts(5, 1, 1, 0));
        assertThat(table.column("did")).containsEntry("f", "y").hasSize(7);
    }

    private BatchWriter writer(int rowsAtOnce) {
        return new StagedBatchWriter(connection, new SqliteStagingTable(rowsAtOnce, true),
                SqlFailureClassifier.sqlite(),
                WriteListener.NONE, LogBytes.NONE, true);
    }

    private static TokenRecord record(Gen gen) {
        TokenRecord any = Records.any(gen);
        TokenKey key = new TokenKey(any.key().sourceIp(), any.key().nodeName(), "Qm" + gen.integer(1, IDS));
        return new TokenRecord(key, any.recordVersion(), any.provenance(), any.change(), any.content(), null);
    }
}
