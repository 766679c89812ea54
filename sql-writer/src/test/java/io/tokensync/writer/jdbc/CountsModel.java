package io.tokensync.writer.jdbc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.tokensync.common.model.Content;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenState;
import io.tokensync.testkit.property.Gen;
import io.tokensync.writer.batch.BatchCounts;
import io.tokensync.writer.batch.BatchWriter;
import io.tokensync.writer.batch.ReceiptKey;
import io.tokensync.writer.batch.Records;
import io.tokensync.writer.batch.TokenBatch;

import static org.assertj.core.api.Assertions.assertThat;

/** What a writer must say that has become of the rows of its batches, from {@code TokenState} alone. */
final class CountsModel {
    private final Map<TokenKey, TokenState> table = new HashMap<>();

    /** Writes these records in batches of any size, and some of them again: each batch is counted, and the table is, as it must be. */
    static void requireSame(Gen gen, List<TokenRecord> records, BatchWriter writer, Table table) throws Exception {
        table.run("DELETE FROM dbo.TokenRecords");
        CountsModel model = new CountsModel();
        List<TokenRecord> all = new ArrayList<>(records);
        all.addAll(gen.list(records.size(), g -> g.oneOf(records)));
        for (List<TokenRecord> part : gen.cut(all)) {
            TokenBatch batch = Records.batch(part);
            assertThat(writer.write(batch).byOrigin()).isEqualTo(model.written(batch));
        }
        assertThat(table.rows()).isEqualTo(Table.expected(all));
    }

    /** Writes the batch into the model. */
    Map<ReceiptKey, BatchCounts> written(TokenBatch batch) {
        Map<ReceiptKey, BatchCounts> counts = new HashMap<>();
        for (TokenBatch.Row row : batch.rows()) {
            TokenState before = table.get(row.state().key());
            TokenState after = before == null ? row.state() : before.merge(row.state());
            table.put(row.state().key(), after);
            counts.merge(row.newest().origin(), count(before, row.state(), after), BatchCounts::plus);
        }
        return counts;
    }

    private static BatchCounts count(TokenState before, TokenState staged, TokenState after) {
        if (before == null) {
            return new BatchCounts(1, 0, 0, 0);
        }
        if (!after.equals(before)) {
            return new BatchCounts(0, 1, 0, 0);
        }
        return has(before, staged) ? new BatchCounts(0, 0, 1, 0) : new BatchCounts(0, 0, 0, 1);
    }

    private static boolean has(TokenState table, TokenState staged) {
        return (staged.row() == null || staged.row().equals(table.row()))
                && (staged.deletion() == null || staged.deletion().equals(table.deletion()))
                && (staged.content() instanceof Content.Absent || staged.content().equals(table.content()));
    }
}
