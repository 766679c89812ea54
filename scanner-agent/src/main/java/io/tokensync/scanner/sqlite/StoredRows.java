package io.tokensync.scanner.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;

import org.sqlite.core.Codes;
import org.sqlite.core.CoreStatement;
import org.sqlite.core.DB;

/**
 * The rows that a statement of {@link TableQueries} stands on, each value in its own storage class. Read from the driver's
 * core under one lock a row and text as bytes, which takes half of what {@code ResultSet.getObject} takes: reading is most
 * of a rescan.
 */
final class StoredRows {
    private static final int FIRST_COLUMN = 1;
    private static final char REPLACEMENT = '\uFFFD';

    private final TokenTable table;
    private final int[] positions;
    private final boolean utf8;
    private final CoreStatement statement;

    StoredRows(TableLayout layout, PreparedStatement statement) throws SQLException {
        this.table = layout.table();
        this.positions = layout.present().stream().mapToInt(TokenColumn::position).toArray();
        this.utf8 = layout.utf8();
        this.statement = statement.unwrap(CoreStatement.class);
    }

    /** The row on which the statement stands. */
    RawRow current() throws SQLException {
        return statement.pointer.safeRun(this::row);
    }

    private RawRow row(DB db, long pointer) throws SQLException {
        Object[] values = new Object[TokenColumn.COUNT];
        for (int i = 0; i < positions.length; i++) {
            values[positions[i]] = value(db, pointer, FIRST_COLUMN + i);
        }
        boolean text = values[TokenColumn.TOKEN_ID.position()] instanceof String id && isUtf8(id, db, pointer);
        return new RawRow(table, db.column_long(pointer, 0), values, text,
                db.column_int(pointer, FIRST_COLUMN + positions.length) != 0);
    }

    private Object value(DB db, long pointer, int column) throws SQLException {
        return switch (db.column_type(pointer, column)) {
            case Codes.SQLITE_TEXT ->
                utf8 ? new String(bytes(db, pointer, column), StandardCharsets.UTF_8) : db.column_text(pointer, column);
            case Codes.SQLITE_INTEGER -> db.column_long(pointer, column);
            case Codes.SQLITE_FLOAT -> db.column_double(pointer, column);
            case Codes.SQLITE_BLOB -> bytes(db, pointer, column);
            default -> null;
        };
    }

    /** Bytes that are not UTF-8 are read as replacement characters, and would not find their row again. */
    private static boolean isUtf8(String id, DB db, long pointer) throws SQLException {
        return id.indexOf(REPLACEMENT) < 0
                || Arrays.equals(id.getBytes(StandardCharsets.UTF_8), bytes(db, pointer, FIRST_COLUMN));
    }

    /** SQLite gives no address of what is empty, and the driver null. */
    private static byte[] bytes(DB db, long pointer, int column) throws SQLException {
        byte[] bytes = db.column_blob(pointer, column);
        return bytes == null ? new byte[0] : bytes;
    }
}
