package io.tokensync.common.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;

/**
 * Times as text, for what keeps or carries them so: {@code 2026-01-31 23:59:59.1234567}, UTC, always as long, so that texts
 * sort as times do. It is what SQL Server shows, and what SQLite's own functions compare with.
 */
public final class SqlTimes {
    private static final int NANOS_PER_TICK = 100;
    private static final char[] FORM = "0000-00-00 00:00:00.0000000".toCharArray();

    private SqlTimes() {}

    /** The text of a time of the years 1 to 9999, cut to 100 ns. */
    public static String text(LocalDateTime time) {
        char[] text = FORM.clone();
        put(text, 0, 4, time.getYear());
        put(text, 5, 2, time.getMonthValue());
        put(text, 8, 2, time.getDayOfMonth());
        put(text, 11, 2, time.getHour());
        put(text, 14, 2, time.getMinute());
        put(text, 17, 2, time.getSecond());
        put(text, 20, 7, time.getNano() / NANOS_PER_TICK);
        return new String(text);
    }

    private static void put(char[] text, int at, int digits, int number) {
        int rest = number;
        for (int digit = digits - 1; digit >= 0; digit--) {
            text[at + digit] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** The time in a column of any product, UTC; null when it is NULL. The driver of SQLite cuts it to milliseconds. */
    public static LocalDateTime read(ResultSet row, String column) throws SQLException {
        Object value = row.getObject(column);
        if (value instanceof String text) {
            return LocalDateTime.parse(text.replace(' ', 'T'));
        }
        return value == null ? null : row.getObject(column, LocalDateTime.class);
    }
}
