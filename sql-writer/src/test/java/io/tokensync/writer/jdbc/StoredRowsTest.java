package io.tokensync.writer.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.common.model.Content;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenState;
import io.tokensync.testkit.property.Property;
import io.tokensync.writer.batch.Records;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.jdbc.StoredRows.Which;
import io.tokensync.writer.schema.Schema;

import static io.tokensync.writer.batch.Records.batch;
import static io.tokensync.writer.batch.Records.row;
import static io.tokensync.writer.batch.Records.upsert;
import static org.assertj.core.api.Assertions.assertThat;

class StoredRowsTest {
    private final Database database = Database.open(SqliteDatabases.fresh(), 2);
    private final Table table = new Table(database.dataSource());

    @BeforeEach
    void migrate() throws Exception {
        new Schema(database).migrate();
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** Whatever is read, sent and written again changes no row: that is what makes asking again harmless. */
    @Test
    void everyRowThatIsThereIsReadAsItWasWritten() {
        Property.forAll(60, gen -> {
            table.run("DELETE FROM dbo.TokenRecords");
            Map<TokenKey, TokenState> states = new TreeMap<>();
            List<TokenRecord> records = gen.list(30, Records::any);
            records.forEach(record -> states.merge(record.key(), TokenState.of(record), TokenState::merge));
            if (!records.isEmpty()) {
                database.batchWriter().write(batch(records));
            }
            List<TokenState.Row> expected = states.values().stream()
                    .filter(state -> state.row() != null && state.deletion() == null).map(TokenState::row).toList();
            List<TokenRecord> read = read(Which.ALL, Optional.empty(), 1);
            assertThat(read).extracting(record -> TokenState.of(record).row())
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(read).allMatch(record -> record.content() instanceof Content.Absent);
        });
    }

    @Test
    void onlyThoseThatWereGivenUpAreFailedAndThoseThatWaitArePending() throws Exception {
        database.batchWriter().write(batch(with("given-up", new Content.Failed(1, "not_found: given up")),
                with("waits", new Content.Failed(1, "pending: not_found: nobody")), with("new", Content.absent()),
                with("there", Records.fetched("text")), with("gone", new Content.Failed(1, "timeout: x")),
                Records.delete("gone", 3)));
        assertThat(ids(read(Which.FAILED, Optional.empty(), 10))).containsExactly("given-up");
        assertThat(ids(read(Which.PENDING, Optional.empty(), 10))).containsExactly("waits");
        assertThat(ids(read(Which.ALL, Optional.empty(), 2))).containsExactlyInAnyOrder("given-up", "waits", "new",
                "there");
    }

    @Test
    void aNodeIsChosenByItsName() throws Exception {
        TokenKey other = new TokenKey("10.0.0.1", "node'2", "other");
        database.batchWriter()
                .write(batch(upsert("one", 1, "did"), upsert(other, 1, row("did"), Content.absent())));
        assertThat(ids(read(Which.ALL, Optional.of("node'2"), 10))).containsExactly("other");
    }

    @Test
    void rowsThatSomebodyElseHasChangedAreLeftOutAndCounted() throws Exception {
        database.batchWriter().write(batch(upsert("one", 1, "did"), upsert("two", 1, "did")));
        table.run("UPDATE dbo.TokenRecords SET did = 'by hand' WHERE token_id = 'one'");
        StoredRows.Page page = new StoredRows(database, Which.ALL, Optional.empty(), 10).after(0);
        assertThat(ids(page.records())).containsExactly("two");
        assertThat(page.unlike()).isEqualTo(1);
        assertThat(page.isEmpty()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"session_id", "db_path", "db_last_modified"})
    void rowsThatDoNotSayWhereTheyComeFromAreLeftOutAndCountedToo(String column) throws Exception {
        database.batchWriter().write(batch(upsert("one", 1, "did"), upsert("two", 1, "did")));
        table.run("UPDATE dbo.TokenRecords SET " + column + " = NULL WHERE token_id = 'one'");
        StoredRows.Page page = new StoredRows(database, Which.ALL, Optional.empty(), 10).after(0);
        assertThat(ids(page.records())).containsExactly("two");
        assertThat(page.unlike()).isEqualTo(1);
    }

    private List<TokenRecord> read(Which which, Optional<String> node, int pageRows) throws SqlFailure {
        StoredRows rows = new StoredRows(database, which, node, pageRows);
        List<TokenRecord> read = new ArrayList<>();
        for (StoredRows.Page page = rows.after(0); !page.isEmpty(); page = rows.after(page.last())) {
            assertThat(page.records()).hasSizeLessThanOrEqualTo(pageRows);
            read.addAll(page.records());
        }
        return read;
    }

    private static TokenRecord with(String tokenId, Content content) {
        return upsert(new TokenKey("10.0.0.1", "node1", tokenId), 1, row("did"), content);
    }

    private static List<String> ids(List<TokenRecord> records) {
        return records.stream().map(record -> record.key().tokenId()).toList();
    }
}
