package io.tokensync.scanner.source.sqlite;

import java.util.List;
import java.util.stream.Collectors;

import io.tokensync.scanner.source.TokenColumn;

/** The statements that read one table. */
final class TableQueries {
    private final String table;
    private final String id;
    private final String rowid;
    private final String elsewhere;
    private final List<TokenColumn> columns;
    private final TableLayout layout;

    /** @param earlier tables with an index of ids whose rows come before those of this one */
    TableQueries(TableLayout layout, List<TableLayout> earlier) {
        this.layout = layout;
        this.table = '"' + layout.table().tableName() + '"';
        this.rowid = table + '.' + layout.rowid();
        this.id = table + '.' + layout.expression(TokenColumn.TOKEN_ID);
        this.columns = layout.present();
        this.elsewhere = earlier.isEmpty()
                ? "0"
                : earlier.stream().map(this::hasId).collect(Collectors.joining(" OR "));
    }

    /**
     * Rows by rowid, and last whether an earlier table has their id. Arguments: lowest rowid, highest rowid, limit.
     */
    String page() {
        return select(elsewhere) + pageOfTable();
    }

    /**
     * As {@link #page}, with NULL for the values that are too long, and the lengths of all of them behind everything else.
     * SQLite knows the length of a value without reading it.
     */
    String carefulPage() {
        return carefulSelect("CASE WHEN " + fits(TokenColumn.TOKEN_ID) + " THEN " + elsewhere + " ELSE 0 END")
                + pageOfTable();
    }

    /** The rows with this id; several where nothing keeps ids from repeating. Argument: the id. */
    String byId() {
        return select("0") + withId();
    }

    /** As {@link #byId} and {@link #carefulPage}. */
    String carefulById() {
        return carefulSelect("0") + withId();
    }

    /** The highest rowid; NULL for a table without rows. Found at once, and about how many rows there are. */
    String highestRowid() {
        return "SELECT max(" + rowid + ") FROM " + table;
    }

    /** Rowids and ids by rowid; NULL for an id that is no text, or longer than any. Argument: lowest rowid. */
    String ids() {
        return "SELECT " + rowid + ", CASE WHEN typeof(" + id + ") = 'text' AND " + fits(TokenColumn.TOKEN_ID)
                + " THEN "
                + id + " END FROM " + table + " WHERE " + rowid + " >= ? ORDER BY " + rowid;
    }

    private String select(String last) {
        return columns.stream().map(layout::expression)
                .collect(Collectors.joining(", ", "SELECT " + rowid + ", ", ", " + last));
    }

    private String carefulSelect(String last) {
        String values = columns.stream()
                .map(column -> "CASE WHEN " + fits(column) + " THEN " + layout.expression(column) + " END")
                .collect(Collectors.joining(", "));
        String lengths = columns.stream().map(this::length).collect(Collectors.joining(", "));
        return "SELECT " + rowid + ", " + values + ", " + last + ", " + lengths;
    }

    private String pageOfTable() {
        return " FROM " + table + " WHERE " + rowid + " >= ? AND " + rowid + " <= ? ORDER BY " + rowid + " LIMIT ?";
    }

    /** The length first: where no index finds the id, every row's is compared with it. */
    private String withId() {
        return " FROM " + table + " WHERE " + fits(TokenColumn.TOKEN_ID) + " AND " + id
                + " COLLATE BINARY = ? ORDER BY " + rowid;
    }

    private String fits(TokenColumn column) {
        return length(column) + " <= " + column.mostBytes();
    }

    private String length(TokenColumn column) {
        return "octet_length(" + layout.expression(column) + ')';
    }

    private String hasId(TableLayout other) {
        String name = '"' + other.table().tableName() + '"';
        return "EXISTS (SELECT 1 FROM " + name + " WHERE " + name + '.' + other.expression(TokenColumn.TOKEN_ID)
                + " COLLATE BINARY = " + id + ')';
    }
}
