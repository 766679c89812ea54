package io.tokensync.scanner.source.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;

import org.sqlite.core.Codes;
import org.sqlite.core.CoreStatement;
import org.sqlite.core.DB;

import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.TokenColumn;
import io.tokensync.scanner.source.TokenTable;
import io.tokensync.scanner.source.UnreadValue;

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
    private final int[] most;
    private final boolean careful;
    private int bytes;

    private StoredRows(TableLayout layout, PreparedStatement statement, boolean careful) throws SQLException {
        this.table = layout.table();
        this.positions = layout.present().stream().mapToInt(TokenColumn::position).toArray();
        this.most = layout.present().stream().mapToInt(TokenColumn::mostBytes).toArray();
        this.careful = careful;
        this.utf8 = layout.utf8();
        this.statement = statement.unwrap(CoreStatement.class);
    }

    /** Of a statement without the lengths of the values: it fails at one that is longer than the connection reads. */
    static StoredRows usual(TableLayout layout, PreparedStatement statement) throws SQLException {
        return new StoredRows(layout, statement, false);
    }

    /** Of a statement that has the lengths of the values behind everything else, and NULL for those that are too long. */
    static StoredRows careful(TableLayout layout, PreparedStatement statement) throws SQLException {
        return new StoredRows(layout, statement, true);
    }

    /** How many bytes of values have been read and kept. */
    int bytes() {
        return bytes;
    }

    /** The row on which the statement stands. */
    RawRow current() throws SQLException {
        return statement.pointer.safeRun(this::row);
    }

    private RawRow row(DB db, long pointer) throws SQLException {
        Object[] values = new Object[TokenColumn.COUNT];
        for (int i = 0; i < positions.length; i++) {
            values[positions[i]] = value(db, pointer, i);
        }
        boolean text = values[TokenColumn.TOKEN_ID.position()] instanceof String id && isUtf8(id, db, pointer);
        return new RawRow(table, db.column_long(pointer, 0), values, text,
                db.column_int(pointer, FIRST_COLUMN + positions.length) != 0);
    }

    private Object value(DB db, long pointer, int i) throws SQLException {
        int column = FIRST_COLUMN + i;
        return switch (db.column_type(pointer, column)) {
            case Codes.SQLITE_TEXT -> text(db, pointer, i);
            case Codes.SQLITE_INTEGER -> db.column_long(pointer, column);
            case Codes.SQLITE_FLOAT -> db.column_double(pointer, column);
            case Codes.SQLITE_BLOB -> {
                byte[] blob = bytes(db, pointer, column);
                yield read(blob.length, i) ? blob : new UnreadValue(blob.length);
            }
            default -> careful ? nullOrUnread(db, pointer, i) : null;
        };
    }

    private Object text(DB db, long pointer, int i) throws SQLException {
        if (utf8) {
            byte[] stored = bytes(db, pointer, FIRST_COLUMN + i);
            return read(stored.length, i)
                    ? new String(stored, StandardCharsets.UTF_8)
                    : new UnreadValue(stored.length);
        }
        String text = db.column_text(pointer, FIRST_COLUMN + i);
        int length = 2 * text.length();
        return read(length, i) ? text : new UnreadValue(length);
    }

    /** Whether a value of this length is kept. */
    private boolean read(int length, int i) {
        boolean kept = length <= most[i];
        bytes += kept ? length : 0;
        return kept;
    }

    private Object nullOrUnread(DB db, long pointer, int i) throws SQLException {
        long length = db.column_long(pointer, FIRST_COLUMN + positions.length + 1 + i);
        return length > most[i] ? new UnreadValue(length) : null;
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
