package io.tokensync.writer.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.NodeGeneration;
import io.tokensync.common.model.Provenance;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenKind;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.model.TokenTransaction;
import io.tokensync.common.model.TransactionCheck;
import io.tokensync.testkit.property.Gen;
import io.tokensync.testkit.property.Property;
import io.tokensync.writer.batch.BatchCounts;
import io.tokensync.writer.batch.BatchWriter;
import io.tokensync.writer.batch.PoisonIsolation;
import io.tokensync.writer.batch.Records;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.batch.WriteOutcome;
import io.tokensync.writer.schema.Schema;

import static io.tokensync.writer.batch.Records.batch;
import static io.tokensync.writer.batch.Records.delete;
import static io.tokensync.writer.batch.Records.upsert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What every database must make of batches. The model of the law, {@code TokenState}, says what the table holds; how it
 * is written, the dialect says.
 */
abstract class BatchWriterContract {
    private static final int MOST_RECORDS = 40;

    private Database database;
    private BatchWriter writer;
    private Table table;

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
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void theTableIsWhatTheModelSaysWhateverTheOrderAndTheBatches() {
        Property.forAll(runs(), gen -> {
            table.run("DELETE FROM dbo.TokenRecords");
            List<TokenRecord> records = gen.list(MOST_RECORDS, Records::any);
            writeInParts(gen, gen.shuffled(records), writer);
            assertThat(table.rows()).isEqualTo(Table.expected(records));
        });
    }

    @Test
    void duplicatesAndFullReplaysChangeNothing() {
        Property.forAll(runs(), gen -> {
            table.run("DELETE FROM dbo.TokenRecords");
            List<TokenRecord> records = gen.list(MOST_RECORDS, Records::any);
            List<TokenRecord> twice = new ArrayList<>(records);
            twice.addAll(gen.list(MOST_RECORDS, g -> g.oneOf(records)));
            writeInParts(gen, gen.shuffled(twice), writer);
            Map<TokenKey, Map<String, Object>> once = table.rows();
            Map<String, Object> written = table.column("synced_at");

            BatchCounts replayed = writeInParts(gen, gen.shuffled(records), writer);
            assertThat(once).isEqualTo(Table.expected(records));
            assertThat(table.rows()).isEqualTo(once);
            assertThat(table.column("synced_at")).isEqualTo(written);
            assertThat(replayed.inserted() + replayed.updated()).isZero();
        });
    }

    @Test
    void twoWritersThatTakeTurnsEndInTheSameTable() {
        BatchWriter other = database.batchWriter();
        Property.forAll(runs(), gen -> {
            table.run("DELETE FROM dbo.TokenRecords");
            List<TokenRecord> records = gen.list(MOST_RECORDS, Records::any);
            for (List<TokenRecord> part : gen.cut(gen.shuffled(records))) {
                (gen.flag() ? writer : other).write(batch(part));
            }
            assertThat(table.rows()).isEqualTo(Table.expected(records));
        });
    }

    /** However the dialect goes about it, which depends on what the rows before were. */
    @Test
    void whatBecomesOfEachRowIsCountedForItsOriginAsTheModelSays() {
        Property.forAll(runs(),
                gen -> CountsModel.requireSame(gen, gen.list(MOST_RECORDS, Records::any), writer, table));
    }

    @Test
    void eachRowOfABatchIsCountedOnce() throws Exception {
        assertThat(write(upsert("a", 5, "x"), upsert("b", 5, "x"), upsert("c", 5, "x")))
                .isEqualTo(new BatchCounts(3, 0, 0, 0));
        assertThat(write(upsert("a", 6, "y"), upsert("b", 5, "x"), upsert("c", 4, "w"), upsert("d", 1, "v"),
                delete("e", 1))).isEqualTo(new BatchCounts(2, 1, 1, 1));
    }

    @Test
    void aRowIsWrittenWhenOnlyItsContentIsNewer() throws Exception {
        TokenKey key = new TokenKey("10.0.0.1", "node1", "a");
        write(upsert(key, 5, Records.row("new"), Content.absent()));
        BatchCounts counts = write(upsert(key, 4, Records.row("old"), Records.fetched("content")));
        assertThat(counts).isEqualTo(new BatchCounts(0, 1, 0, 0));
        assertThat(table.column("did")).containsEntry("a", "new");
        assertThat(table.rows().get(key)).containsEntry("ipfs_data", "content").containsEntry("record_version", 5L);
    }

    @Test
    void aDeletionKeepsTheRowAndALaterRowEndsIt() throws Exception {
        write(upsert("a", 1, "x"), delete("a", 2));
        assertThat(table.query("SELECT CAST(is_deleted AS INT) FROM dbo.vw_Tokens")).containsExactly(1);
        assertThat(table.column("did")).containsEntry("a", "x");
        write(upsert("a", 3, "x"));
        assertThat(table.query("SELECT CAST(is_deleted AS INT) FROM dbo.vw_Tokens")).containsExactly(0);
    }

    @Test
    void aRowKnownByItsDeletionAloneIsThere() throws Exception {
        write(delete("a", 2));
        assertThat(table.column("db_path")).containsEntry("a", null);
        assertThat(table.query("SELECT CAST(is_deleted AS INT) FROM dbo.vw_Tokens")).containsExactly(1);
    }

    @Test
    void idsThatDifferInCaseOnlyAreTwoRows() throws Exception {
        assertThat(write(upsert("QmAbc", 1, "x"), upsert("Qmabc", 1, "y")).inserted()).isEqualTo(2);
        assertThat(table.column("did")).containsEntry("QmAbc", "x").containsEntry("Qmabc", "y");
    }

    @Test
    void everyColumnHoldsItsLongestAndItsOddestValue() throws Exception {
        Instant gap = Instant.parse("2026-03-29T02:30:00.9999999Z");
        String odd = "Ä€漢\uD83D\uDE00'\"\\\n\t";
        TokenRow row = new TokenRow(fill(odd, 800), fill(odd, 50), fill(odd, 50), "0.00001", fill(odd, 500),
                TokenKind.CONTRACT, NodeGeneration.V1, gap, Instant.parse("0001-01-01T00:00:00Z"), fill(odd, 500),
                fill(odd, 500), new TokenTransaction(TransactionCheck.SIGNATURE_DIFFERS, fill(odd, 1000),
                        fill(odd, 1000), gap),
                List.of(odd, "b"));
        TokenRecord record = new TokenRecord(new TokenKey(fill("1", 45), fill("Ä", 255), fill("€", 500)),
                Long.MAX_VALUE, new Provenance(fill("s", 36), fill("/ä", 500), fill("/€", 500), gap),
                new Change.Upsert(row),
                new Content.Fetched(Long.MAX_VALUE, fill(odd, 60_000), fill("k", 50), fill(odd, 1000),
                        fill(odd, 1000)),
                null);
        write(record);
        assertThat(table.rows()).isEqualTo(Table.expected(List.of(record)));
    }

    @Test
    void anEmptyBatchIsWritten() throws Exception {
        assertThat(writer.write(batch(List.of()))).isEqualTo(WriteOutcome.NOTHING);
    }

    @Test
    void aBatchOfManyRowsIsOneTransactionAndPoisonLeavesNothing() throws Exception {
        rejectDid("poison");
        List<TokenRecord> records = rows(1_000);
        records.set(500, upsert("t500", 1, "poison"));
        SqlFailure failure = catchThrowableOfType(SqlFailure.class, () -> writer.write(batch(records)));
        assertThat(failure.kind()).isEqualTo(FailureKind.POISON);
        assertThat(failure.number()).isNotZero();
        assertThat(table.rows()).isEmpty();
    }

    @Test
    void onlyThePoisonousRecordsAreRejectedAndTheRestIsWritten() throws Exception {
        rejectDid("poison");
        List<TokenRecord> records = rows(1_000);
        records.set(333, upsert("t333", 2, "poison"));
        records.add(upsert("t333", 1, "good"));
        records.set(999, upsert("t999", 1, "poison"));
        WriteOutcome outcome = new PoisonIsolation(writer, _ -> {}).write(batch(records));
        assertThat(outcome.rejected()).extracting(rejected -> rejected.received().record().key().tokenId())
                .containsExactly("t333", "t999");
        assertThat(outcome.counts()).isEqualTo(new BatchCounts(999, 0, 0, 0));
        assertThat(table.column("did")).containsEntry("t333", "good").doesNotContainKey("t999");
    }

    /** The table is narrower than ours are; some products name the column, for the others it is found. */
    @Test
    void theColumnAtFaultIsNamed() throws Exception {
        narrowSessionId(table);
        List<TokenRecord> records = new ArrayList<>(rows(20).stream().map(row -> of(row, "short")).toList());
        records.add(of(upsert("a", 1, "x"), "longer than that"));
        WriteOutcome outcome = new PoisonIsolation(writer, _ -> {}).write(batch(records));
        assertThat(outcome.rejected()).singleElement().extracting(rejected -> rejected.cause().column())
                .isEqualTo(Optional.of("session_id"));
        assertThat(table.rows()).hasSize(20);
    }

    /** Makes the table one that does not take a session id of more than five characters. */
    void narrowSessionId(Table of) throws SQLException {
        of.run("ALTER TABLE dbo.TokenRecords ALTER COLUMN session_id NVARCHAR(5)");
    }

    private static TokenRecord of(TokenRecord record, String session) {
        return new TokenRecord(record.key(), record.recordVersion(), Records.provenance(session), record.change(),
                record.content(), null);
    }

    /** Rows of a scan for the essential fields only, between rows with content, late and early. */
    @Test
    void essentialRowsDamageNeitherContentNorStatusInAnyOrder() {
        Property.forAll(runs(), gen -> {
            table.run("DELETE FROM dbo.TokenRecords");
            List<TokenRecord> records = new ArrayList<>(gen.list(MOST_RECORDS, Records::any));
            records.addAll(gen.list(MOST_RECORDS, Records::essential));
            writeInParts(gen, gen.shuffled(records), writer);
            assertThat(table.rows()).isEqualTo(Table.expected(records));
            table.rows().forEach((key, row) -> assertKept(records, key, row));
        });
    }

    private static void assertKept(List<TokenRecord> records, TokenKey key, Map<String, Object> row) {
        List<TokenRecord> own = records.stream().filter(record -> record.key().equals(key)).toList();
        boolean fetched = own.stream().anyMatch(record -> record.content() instanceof Content.Fetched);
        assertThat(row.get("ipfs_fetched")).as("content once fetched stays: %s", key).isEqualTo(fetched);
        List<String> newest = own.stream().filter(record -> (Long) row.get("record_version") == record.recordVersion())
                .map(TokenRecord::change).filter(Change.Upsert.class::isInstance).map(Change.Upsert.class::cast)
                .map(upsert -> upsert.row().tokenStatus()).toList();
        assertThat(newest.isEmpty() || newest.contains((String) row.get("token_status")))
                .as("the status is the one of the newest row: %s", key).isTrue();
    }

    @Test
    void theWriterGoesOnAfterAFailure() throws Exception {
        rejectDid("poison");
        assertThatThrownBy(() -> writer.write(batch(upsert("a", 1, "poison")))).isInstanceOf(SqlFailure.class);
        assertThat(write(upsert("a", 1, "good")).inserted()).isOne();
    }

    private BatchCounts write(TokenRecord... records) throws Exception {
        return writer.write(batch(records)).counts();
    }

    private static BatchCounts writeInParts(Gen gen, List<TokenRecord> records, BatchWriter writer) throws Exception {
        BatchCounts counts = BatchCounts.NONE;
        for (List<TokenRecord> part : gen.cut(records)) {
            counts = counts.plus(writer.write(batch(part)).counts());
        }
        return counts;
    }

    private void rejectDid(String did) throws Exception {
        table.run("ALTER TABLE dbo.TokenRecords ADD CONSTRAINT CK_test CHECK (did <> '" + did + "')");
    }

    private static List<TokenRecord> rows(int count) {
        return new ArrayList<>(IntStream.range(0, count).mapToObj(i -> upsert("t" + i, 1, "did" + i)).toList());
    }

    private static String fill(String pattern, int length) {
        String text = pattern.repeat(length / pattern.length() + 1).substring(0, length);
        return Character.isHighSurrogate(text.charAt(length - 1)) ? text.substring(0, length - 1) + "x" : text;
    }
}
