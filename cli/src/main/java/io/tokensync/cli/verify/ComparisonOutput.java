package io.tokensync.cli.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.tokensync.cli.output.ListedRows;
import io.tokensync.cli.verify.RowDifference.Kind;
import io.tokensync.common.verification.RowFields;

/** How a comparison is told, while its differences are found. */
interface ComparisonOutput {
    /** The columns of a difference: a row for each field. */
    List<String> LABELS = List.of("difference", "token_id", "field", "on_node", "in_table", "deleted_at");

    /** At first: what was compared by sums. */
    void begin(Compared compared);

    /** Each row that differs. */
    void add(RowDifference difference);

    /** In the end: how many of each kind. */
    void end(Compared compared, Map<Kind, Long> counts);

    /** A row for each field; one without a field when there is none. */
    static ListedRows rows(RowDifference it) {
        List<List<String>> rows = new ArrayList<>();
        for (RowFields.Difference field : it.fields()) {
            rows.add(row(it, field.name(), field.one(), field.other()));
        }
        return new ListedRows(LABELS, rows.isEmpty() ? List.of(row(it, null, null, null)) : rows);
    }

    private static List<String> row(RowDifference it, String field, String onNode, String inTable) {
        List<String> row = new ArrayList<>(LABELS.size());
        row.add(it.kind().code());
        row.add(it.tokenId());
        row.add(field);
        row.add(onNode);
        row.add(inTable);
        row.add(it.deletedAt());
        return row;
    }
}
