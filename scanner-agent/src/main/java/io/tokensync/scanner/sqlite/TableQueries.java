package io.tokensync.scanner.sqlite;

import java.util.List;
import java.util.stream.Collectors;

/** The statements that read one table. */
final class TableQueries {
    private final String id;
    private final String select;
    private final String table;
    private final String elsewhere;

    /** @param earlier tables with an index of ids whose rows come before those of this one */
    TableQueries(TableLayout layout, List<TableLayout> earlier) {
        this.table = '"' + layout.table().tableName() + '"';
        this.id = table + '.' + layout.expression(TokenColumn.TOKEN_ID);
        this.select = layout.present().stream().map(layout::expression)
                .collect(Collectors.joining(", ", "SELECT rowid, ", ""));
        this.elsewhere = earlier.isEmpty()
                ? "0"
                : earlier.stream().map(this::hasId).collect(Collectors.joining(" OR "));
    }

    /**
     * Rows by rowid, and last whether an earlier table has their id. Arguments: lowest rowid, highest rowid, limit.
     */
    String page() {
        return select + ", " + elsewhere + " FROM " + table + " WHERE rowid >= ? AND rowid <= ? ORDER BY rowid LIMIT ?";
    }

    /** The rows with this id; several where nothing keeps ids from repeating. Argument: the id. */
    String byId() {
        return select + ", 0 FROM " + table + " WHERE " + id + " COLLATE BINARY = ? ORDER BY rowid";
    }

    /** The highest rowid; NULL for a table without rows. Found at once, and about how many rows there are. */
    String highestRowid() {
        return "SELECT max(rowid) FROM " + table;
    }

    /** Rowids and ids by rowid; NULL for an id that is no text. Argument: lowest rowid. */
    String ids() {
        return "SELECT rowid, CASE typeof(" + id + ") WHEN 'text' THEN " + id + " END FROM " + table
                + " WHERE rowid >= ? ORDER BY rowid";
    }

    private String hasId(TableLayout other) {
        String name = '"' + other.table().tableName() + '"';
        return "EXISTS (SELECT 1 FROM " + name + " WHERE " + name + '.' + other.expression(TokenColumn.TOKEN_ID)
                + " COLLATE BINARY = " + id + ')';
    }
}
