package io.tokensync.cli.verify;

import java.util.List;
import java.util.Locale;

import io.tokensync.common.verification.RowFields;
import io.tokensync.writer.verification.jdbc.AuditedRow;

/**
 * A row that only one of copy and table has, or that they have otherwise.
 *
 * @param kind which of these
 * @param tokenId of which token
 * @param fields in which they differ, at first as the copy has them; of a row that one of them has not, all with a value
 * @param deletedAt since when the table has the row as one that is gone, UTC; null when it has none like that
 */
record RowDifference(Kind kind, String tokenId, List<RowFields.Difference> fields, String deletedAt) {
    RowDifference {
        fields = List.copyOf(fields);
    }

    /** Who has the row. */
    enum Kind {
        ONLY_ON_NODE("only on the node"),
        ONLY_IN_TABLE("only in the table"),
        DIFFERENT("different");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** For programs. */
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** For people. */
        String words() {
            return words;
        }
    }

    /** A row of the copy that the table does not know. */
    static RowDifference onlyOnNode(String tokenId, RowFields onNode) {
        return new RowDifference(Kind.ONLY_ON_NODE, tokenId, onNode.differing(RowFields.NONE), null);
    }

    /** A row of the copy that is gone from its node, by the table. */
    static RowDifference gone(RowFields onNode, AuditedRow gone) {
        return new RowDifference(Kind.ONLY_ON_NODE, gone.tokenId(), onNode.differing(RowFields.NONE),
                gone.deletedAt());
    }

    /** A row of the table that the copy has not. */
    static RowDifference onlyInTable(AuditedRow row) {
        return new RowDifference(Kind.ONLY_IN_TABLE, row.tokenId(), RowFields.NONE.differing(row.fields()), null);
    }

    /** A row that both have. */
    static RowDifference different(AuditedRow row, List<RowFields.Difference> fields) {
        return new RowDifference(Kind.DIFFERENT, row.tokenId(), fields, null);
    }
}
