package io.tokensync.scanner.sqlite;

import java.util.stream.Collectors;

/** The statements that read one table; SQLite sorts NULL, numbers, text and BLOBs in this order. */
final class TableQueries {
    /** The three places where ids that are not text lie in the order of keys. */
    enum Stray {
        NULL(" IS NULL", "rowid"),
        /** The plus keeps SQLite from walking the whole table by rowid instead of looking into the index. */
        NUMBER(" < ''", "+rowid"),
        /** As {@link #NUMBER}. */
        BLOB(" >= x''", "+rowid");

        private final String condition;
        private final String rowid;

        Stray(String condition, String rowid) {
            this.condition = condition;
            this.rowid = rowid;
        }
    }

    private final String id;
    private final String select;
    private final String from;

    TableQueries(TableLayout layout) {
        this.id = layout.expression(TokenColumn.TOKEN_ID);
        this.select = layout.present().stream().map(layout::expression)
                .collect(Collectors.joining(", ", "SELECT rowid, ", ""));
        this.from = " FROM \"" + layout.table().tableName() + '"';
    }

    /** Rows whose id is text, behind (id as bytes, rowid), in key order. Arguments: bytes, bytes, rowid, limit. */
    String textPage() {
        String key = id + " COLLATE BINARY";
        return select + from + " WHERE " + key + " >= CAST(? AS TEXT) AND " + key + " < x'' AND (" + key
                + " > CAST(? AS TEXT) OR rowid > ?) ORDER BY " + key + ", rowid LIMIT ?";
    }

    /** Rows whose id is not text, behind a rowid. Arguments: rowid, limit. */
    String strayPage(Stray stray) {
        return select + from + " WHERE " + id + stray.condition + " AND " + stray.rowid + " > ? ORDER BY " + stray.rowid
                + " LIMIT ?";
    }

    /** The rows with this id; several where nothing keeps ids from repeating. Argument: the id. */
    String byId() {
        return select + from + " WHERE " + id + " COLLATE BINARY = ? ORDER BY rowid";
    }

    /** About how many rows there are; exact for a table without deletions, and found at once. */
    String estimate() {
        return "SELECT coalesce(max(rowid), 0)" + from;
    }
}
