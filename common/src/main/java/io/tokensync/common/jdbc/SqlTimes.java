package io.tokensync.common.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;

/**
 * Times as text, for what keeps or carries them so: {@code 2026-01-31 23:59:59.1234567}, UTC, always as long, so that texts
 * sort as times do. It is what SQL Server shows, and what SQLite's own functions compare with.
 */
public final class SqlTimes {
    private static final int NANOS_PER_TICK = 100;
    private static final int HUNDRED = 100;
    private static final byte[] FORM = "0000-00-00 00:00:00.0000000".getBytes(StandardCharsets.ISO_8859_1);

    private SqlTimes() {}

    /** The text of a time of the years 1 to 9999, cut to 100 ns. */
    public static String text(LocalDateTime time) {
        byte[] text = FORM.clone();
        int year = time.getYear();
        two(text, 0, year / HUNDRED);
        two(text, 2, year % HUNDRED);
        two(text, 5, time.getMonthValue());
        two(text, 8, time.getDayOfMonth());
        two(text, 11, time.getHour());
        two(text, 14, time.getMinute());
        two(text, 17, time.getSecond());
        int ticks = time.getNano() / NANOS_PER_TICK;
        two(text, 20, ticks / 100_000);
        two(text, 22, ticks / 1_000 % HUNDRED);
        two(text, 24, ticks / 10 % HUNDRED);
        text[26] = (byte) ('0' + ticks % 10);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void two(byte[] text, int at, int number) {
        text[at] = (byte) ('0' + number / 10);
        text[at + 1] = (byte) ('0' + number % 10);
    }

    /** The time in a column of any product, UTC; null when it is NULL. The driver of SQLite cuts it to milliseconds. */
    public static LocalDateTime read(ResultSet row, String column) throws SQLException {
        return read(row, row.findColumn(column));
    }

    /** As {@link #read(ResultSet, String)}, of a column counted from 1. */
    public static LocalDateTime read(ResultSet row, int column) throws SQLException {
        Object value = row.getObject(column);
        if (value instanceof String text) {
            return LocalDateTime.parse(text.replace(' ', 'T'));
        }
        return value == null ? null : row.getObject(column, LocalDateTime.class);
    }
}
