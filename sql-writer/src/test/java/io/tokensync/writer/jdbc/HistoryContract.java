package io.tokensync.writer.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.testkit.property.Gen;
import io.tokensync.testkit.property.Property;
import io.tokensync.writer.batch.BatchWriter;
import io.tokensync.writer.batch.Records;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.schema.Schema;

import static io.tokensync.writer.batch.Records.batch;
import static io.tokensync.writer.batch.Records.delete;
import static io.tokensync.writer.batch.Records.upsert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What every database must remember: each version that was published, once, whatever came first and however often. */
abstract class HistoryContract {
    private static final int MOST_RECORDS = 40;

    private Database database;
    private BatchWriter writer;
    private Table table;
    private HistoryTable history;

    /** An empty database of the test's own. */
    abstract SqlSettings settings();

    /** How many random cases. */
    abstract int runs();

    @BeforeEach
    void openDatabase() throws Exception {
        database = Database.open(settings(), 2);
        new Schema(database).migrate();
        writer = database.batchWriter();
        table = new Table(database.dataSource());
        history = new HistoryTable(database.dataSource());
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void eachVersionIsThereOnceWhateverTheOrderTheBatchesAndTheReplays() {
        Property.forAll(runs(), gen -> {
            clear();
            List<TokenRecord> records = gen.list(MOST_RECORDS, HistoryContract::any);
            List<TokenRecord> more = new ArrayList<>(records);
            more.addAll(gen.list(MOST_RECORDS, g -> g.oneOf(records)));
            write(gen, gen.shuffled(more), writer);
            assertThat(history.versions()).isEqualTo(HistoryTable.expected(records));
            List<Object> observed = table.query("SELECT observed_at FROM dbo.TokenHistory ORDER BY id");
            write(gen, gen.shuffled(records), writer);
            assertThat(history.versions()).isEqualTo(HistoryTable.expected(records));
            assertThat(table.query("SELECT observed_at FROM dbo.TokenHistory ORDER BY id")).isEqualTo(observed);
            assertThat(table.rows()).isEqualTo(Table.expected(records));
        });
    }

    /** Some of the batches by a writer that writes no history, as before the table was there. */
    @Test
    void whatAWriterWithoutHistoryHasWrittenComesWithAReplay() {
        BatchWriter without = database.batchWriter(false);
        Property.forAll(runs(), gen -> {
            clear();
            List<TokenRecord> records = gen.list(MOST_RECORDS, HistoryContract::any);
            write(gen, gen.shuffled(records), without);
            assertThat(history.versions()).isEmpty();
            write(gen, gen.list(MOST_RECORDS, g -> g.oneOf(records)), gen.flag() ? writer : without);
            write(gen, gen.shuffled(records), writer);
            assertThat(history.versions()).isEqualTo(HistoryTable.expected(records));
            assertThat(table.rows()).isEqualTo(Table.expected(records));
        });
    }

    @Test
    void twoWritersThatTakeTurnsEndInTheSameHistory() {
        BatchWriter other = database.batchWriter();
        Property.forAll(runs(), gen -> {
            clear();
            List<TokenRecord> records = gen.list(MOST_RECORDS, HistoryContract::any);
            for (List<TokenRecord> part : gen.cut(gen.shuffled(records))) {
                (gen.flag() ? writer : other).write(batch(part));
            }
            assertThat(history.versions()).isEqualTo(HistoryTable.expected(records));
        });
    }

    @Test
    void whatIsSupersededWithinABatchIsRemembered() throws Exception {
        List<TokenRecord> records = List.of(upsert("a", 2, "second"), upsert("a", 1, "first"), delete("a", 3),
                upsert("a", 3, "third"), upsert("a", 2, "second"), delete("b", 1));
        writer.write(batch(records));
        assertThat(history.versions()).isEqualTo(HistoryTable.expected(records)).hasSize(5);
    }

    @Test
    void aVersionThatComesLateIsRememberedAndChangesNoRow() throws Exception {
        writer.write(batch(upsert("a", 5, "new")));
        assertThat(writer.write(batch(upsert("a", 4, "old"))).counts().stale()).isOne();
        writer.write(batch(upsert("a", 5, "new")));
        writer.write(batch(upsert("a", 3, "older"), delete("a", 2)));
        assertThat(table.column("did")).containsEntry("a", "new");
        assertThat(table.query("SELECT record_version FROM dbo.TokenHistory ORDER BY record_version"))
                .extracting(version -> ((Number) version).longValue()).containsExactly(2L, 3L, 4L, 5L);
    }

    @Test
    void contentThatComesLateIsNoVersion() throws Exception {
        TokenKey key = new TokenKey("10.0.0.1", "node1", "a");
        writer.write(batch(upsert(key, 5, Records.row("x"), Content.absent())));
        writer.write(batch(upsert(key, 5, Records.row("x"), Records.fetched("content"))));
        assertThat(table.query("SELECT content_hash FROM dbo.TokenHistory")).containsExactly((Object) null);
        writer.write(batch(upsert(key, 6, Records.row("x"), Records.fetched("content"))));
        assertThat(table.query("SELECT h.content_hash - t.content_hash FROM dbo.TokenHistory AS h INNER JOIN"
                + " dbo.TokenRecords AS t ON h.token_id = t.token_id WHERE h.record_version = 6"))
                .singleElement().extracting(it -> ((Number) it).longValue()).isEqualTo(0L);
    }

    @Test
    void aBatchThatFailsLeavesNoVersion() throws Exception {
        table.run("ALTER TABLE dbo.TokenHistory ADD CONSTRAINT CK_test CHECK (did <> 'poison')");
        assertThatThrownBy(() -> writer.write(batch(upsert("a", 1, "x"), upsert("b", 1, "poison"))))
                .isInstanceOf(SqlFailure.class);
        assertThat(history.versions()).isEmpty();
        assertThat(table.rows()).isEmpty();
    }

    @Test
    void aWriterWithoutHistoryNeedsNoTable() throws Exception {
        table.run("DROP TABLE dbo.TokenHistory");
        BatchWriter without = database.batchWriter(false);
        without.write(batch(upsert("a", 1, "x"), upsert("b", 1, "x")));
        without.write(batch(upsert("a", 1, "x"), upsert("b", 1, "x"), delete("c", 1)));
        without.write(batch(upsert("a", 2, "y"), upsert("b", 1, "x"), upsert("c", 2, "x")));
        assertThat(table.rows()).hasSize(3);
        assertThat(new Schema(database).missingForWriter(false)).isEmpty();
        assertThat(new Schema(database).missingForWriter(true)).singleElement().asString()
                .contains("dbo.TokenHistory is missing");
    }

    private void clear() throws SQLException {
        table.run("DELETE FROM dbo.TokenRecords", "DELETE FROM dbo.TokenHistory");
    }

    /** As {@link Records#any}; equal versions that differ are as frequent as records that say the same. */
    private static TokenRecord any(Gen gen) {
        TokenRecord any = Records.any(gen);
        return any.change() instanceof Change.Delete || gen.flag()
                ? any
                : upsert(any.key(), any.recordVersion(), Records.row(gen.oneOf("a", "b")), any.content());
    }

    private static void write(Gen gen, List<TokenRecord> records, BatchWriter writer) throws Exception {
        for (List<TokenRecord> part : gen.cut(records)) {
            writer.write(batch(part));
        }
    }
}
