package io.tokensync.scanner.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of one short read transaction. */
final class RowPage {
    private static final int FIRST_COLUMN = 2;
    private static final char REPLACEMENT = '\uFFFD';

    private final List<RawRow> rows;
    private final byte[] lastId;

    private RowPage(List<RawRow> rows, byte[] lastId) {
        this.rows = rows;
        this.lastId = lastId;
    }

    List<RawRow> rows() {
        return rows;
    }

    /** Whether it ended at its limit, so that there may be more rows behind these. */
    boolean isFull() {
        return lastId != null;
    }

    /** Id of the last row of a full page, in the bytes that the database holds. */
    byte[] lastId() {
        return lastId;
    }

    /** Runs the statement and takes everything out of it before anything else is done: the node may be waiting. */
    static RowPage read(TableLayout layout, PreparedStatement statement, PageLimit limit) throws SQLException {
        TokenColumn[] columns = layout.present().toArray(TokenColumn[]::new);
        List<RawRow> rows = new ArrayList<>();
        byte[] lastId = null;
        long begin = System.nanoTime();
        try (ResultSet results = statement.executeQuery()) {
            while (lastId == null && results.next()) {
                rows.add(row(layout.table(), columns, results));
                if (limit.isReached(rows.size(), begin)) {
                    byte[] id = results.getBytes(FIRST_COLUMN);
                    lastId = id == null ? new byte[0] : id;
                }
            }
        }
        return new RowPage(rows, lastId);
    }

    private static RawRow row(TokenTable table, TokenColumn[] columns, ResultSet results) throws SQLException {
        Object[] values = new Object[TokenColumn.COUNT];
        for (int i = 0; i < columns.length; i++) {
            values[columns[i].position()] = results.getObject(FIRST_COLUMN + i);
        }
        boolean text = values[TokenColumn.TOKEN_ID.position()] instanceof String id && isUtf8(id, results);
        return new RawRow(table, results.getLong(1), values, text);
    }

    /** Bytes that are not UTF-8 are read as replacement characters, and would not find their row again. */
    private static boolean isUtf8(String id, ResultSet results) throws SQLException {
        return id.indexOf(REPLACEMENT) < 0
                || Arrays.equals(id.getBytes(StandardCharsets.UTF_8), results.getBytes(FIRST_COLUMN));
    }
}
