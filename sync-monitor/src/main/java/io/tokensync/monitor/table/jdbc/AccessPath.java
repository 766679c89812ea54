package io.tokensync.monitor.table.jdbc;

import java.util.List;
import java.util.Optional;

import io.tokensync.common.jdbc.Dialect;

/**
 * An index of {@code TokenRecords} and how a search reads it: a range of it, in the order of its key. In SQLite the statement names
 * the index, so that it is used or the statement fails; SQL Server is left the choice among those that fit.
 */
enum AccessPath {
    TOKEN("IX_TokenRecords_token_id", "token_id", "", "id"),
    NODE("UX_TokenRecords_identity", "source_ip, node_name", "", "token_id"),
    DID("IX_TokenRecords_did", "did", "", "id"),
    PREFIX("IX_TokenRecords_token_id", "", "token_id >= ? AND token_id < ?", "token_id, id"),
    PARENT("IX_TokenRecords_parent", "parent_token_id", "parent_token_id IS NOT NULL", "id"),
    INVALID("IX_TokenRecords_invalid", "", "validation_errors IS NOT NULL", "id"),
    WITHOUT_CONTENT("IX_TokenRecords_without_content", "", "ipfs_fetched = 0 AND deleted_version = 0", "id"),
    KIND_STATUS("IX_TokenRecords_kind_status", "token_kind, status_name", "deleted_version = 0", "id");

    private final String index;
    private final String equal;
    private final String literal;
    private final String order;

    AccessPath(String index, String equal, String literal, String order) {
        this.index = index;
        this.equal = equal;
        this.literal = literal;
        this.order = order;
    }

    String index() {
        return index;
    }

    /** The columns of the index that a search gives a value. */
    List<String> equal() {
        return equal.isEmpty() ? List.of() : List.of(equal.split(", ", -1));
    }

    /** What the index is filtered by, or a range of its first column. */
    String literal() {
        return literal;
    }

    /** What orders the rows of a range. */
    String order() {
        return order;
    }

    /** Whether the rows of a range are in the order of their token ids. */
    boolean isByToken() {
        return order.startsWith("token_id");
    }

    /** The table, to be read by this index. */
    String table(Dialect dialect, String alias) {
        return "dbo.TokenRecords AS " + alias + (dialect == Dialect.SQLITE ? " INDEXED BY " + index : "");
    }

    /** The table of versions, to be read by its index on this column. */
    static String history(Dialect dialect, String alias, String column) {
        return "dbo.TokenHistory AS " + alias
                + (dialect == Dialect.SQLITE ? " INDEXED BY IX_TokenHistory_" + column : "");
    }

    /**
     * One range.
     *
     * @param values of the equal columns, an empty one for NULL
     */
    Condition range(List<Optional<String>> values) {
        Condition condition = Condition.of(literal.contains("?") ? "" : literal);
        List<String> columns = equal();
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            condition = condition.and(values.get(i).map(value -> Condition.of(column + " = ?", value))
                    .orElseGet(() -> Condition.of(column + " IS NULL")));
        }
        return condition;
    }
}
