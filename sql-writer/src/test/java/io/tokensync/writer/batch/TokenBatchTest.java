package io.tokensync.writer.batch;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenState;
import io.tokensync.testkit.property.Property;

import static io.tokensync.writer.batch.Records.upsert;
import static org.assertj.core.api.Assertions.assertThat;

class TokenBatchTest {
    @Test
    void aBatchHasOneRowPerIdentityInTheOrderOfTheKeys() {
        TokenBatch batch = Records.batch(upsert("b", 1, "x"), upsert("a", 2, "new"), upsert("b", 2, "y"),
                upsert("a", 1, "old"));
        assertThat(batch.rows()).extracting(row -> row.state().key().tokenId()).containsExactly("a", "b");
        assertThat(batch.rows()).extracting(row -> row.state().row().fields().did()).containsExactly("new", "y");
        assertThat(batch.records()).hasSize(4);
    }

    @Test
    void manyRowsAreInTheOrderOfTheirKeys() {
        Property.forAll(50, gen -> {
            List<TokenRecord> records = gen.list(200, one -> upsert("t" + one.integer(0, 300), 1, "x"));
            List<TokenKey> keys = Records.batch(records).rows().stream().map(row -> row.state().key()).toList();
            assertThat(keys).isSorted().doesNotHaveDuplicates()
                    .hasSameElementsAs(records.stream().map(TokenRecord::key).toList());
        });
    }

    @Test
    void everyRecordOfARowIsKeptWithItsCoordinates() {
        TokenBatch batch = Records.batch(upsert("a", 2, "new"), upsert("a", 1, "old"));
        assertThat(batch.rows().getFirst().records()).extracting(received -> received.source().offset())
                .containsExactly(0L, 1L);
    }

    @Test
    void theHalvesMeanTheSameAsTheWhole() {
        Property.forAll(200, gen -> {
            List<TokenRecord> records = gen.list(20, Records::any);
            TokenBatch whole = Records.batch(records);
            if (!whole.divisible()) {
                assertThat(records).hasSize(1);
                return;
            }
            List<TokenBatch> halves = whole.halves();
            assertThat(halves).noneMatch(TokenBatch::isEmpty);
            assertThat(halves.stream().flatMap(half -> half.records().stream()).toList())
                    .containsExactlyElementsOf(whole.records());
            for (TokenBatch.Row row : whole.rows()) {
                TokenState merged = halves.stream().flatMap(half -> half.rows().stream()).map(TokenBatch.Row::state)
                        .filter(state -> state.key().equals(row.state().key())).reduce(TokenState::merge).orElseThrow();
                assertThat(merged).isEqualTo(row.state());
            }
        });
    }

    @Test
    void aRowOfSeveralRecordsIsDividedIntoItsRecords() {
        TokenBatch batch = Records.batch(upsert("a", 2, "new"), upsert("a", 1, "old"));
        assertThat(batch.halves()).extracting(half -> half.rows().getFirst().state().row().version())
                .containsExactly(2L, 1L);
        assertThat(batch.halves()).noneMatch(TokenBatch::divisible);
    }
}
