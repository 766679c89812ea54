package io.tokensync.writer.schema;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.common.jdbc.SqlTimes;
import io.tokensync.writer.jdbc.SqlText;

/**
 * What {@code TokenRecords} said at a time. SQL Server has a function for it; a file of SQLite cannot, so the same query stands in front
 * of the one that asks. The time is the one at which the table learned of a version.
 */
public final class AsOf {
    /** The table that a query asks, in both dialects. */
    public static final String TABLE = "TokensAsOf";

    private static final String FILE = "/io/tokensync/writer/schema/as_of.sql";
    private static final Pattern HEAD = Pattern
            .compile("(?is)\\A((?:\\s|--[^\\n]*(?:\\n|\\z)|/\\*.*?\\*/)*)(WITH\\s+(?:RECURSIVE\\s+)?)?");

    private AsOf() {}

    /** The query for this dialect, in which {@link #TABLE} is the table as it was at this time. */
    public static String query(Dialect dialect, Instant at, String query) {
        String time = "'" + SqlTimes.text(LocalDateTime.ofInstant(at, ZoneOffset.UTC)) + "'";
        String table = switch (dialect) {
            case SQLITE -> text(time);
            case SQL_SERVER -> "SELECT * FROM dbo." + TABLE + "(CAST(N" + time + " AS DATETIME2(7)))";
        };
        Matcher head = HEAD.matcher(query);
        boolean hasTables = head.lookingAt() && head.group(2) != null;
        return head.group(1) + (hasTables ? head.group(2) : "WITH ") + TABLE + " AS (" + table + ")"
                + (hasTables ? ", " : " ") + query.substring(head.end());
    }

    /** The query of all tokens at this time, an expression of the dialect. */
    static String text(String at) {
        return SqlText.of(FILE).part("tokens_as_of", "at", at);
    }
}
