package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which column a rejected row is rejected for, as far as it can be known: the server names it in the text of some errors,
 * bulk copy by its number, and where neither does, the row is compared with the table's columns. For people alone;
 * what a failure means is never decided by it.
 */
final class ColumnAtFault {
    private static final Pattern NAMED = Pattern.compile("(?i)\\b(?:column ['\"]|TokenRecords\\.)(\\w+)");
    private static final Pattern NUMBERED = Pattern.compile("(?i)\\bcolid (\\d{1,3})");
    private static final List<StagingColumn> COLUMNS = List.of(StagingColumn.values());
    private static final String LIMITS = """
            SELECT COLUMN_NAME, CHARACTER_MAXIMUM_LENGTH, IS_NULLABLE FROM INFORMATION_SCHEMA.COLUMNS
            WHERE TABLE_SCHEMA = 'dbo' AND TABLE_NAME = 'TokenRecords'
            """;

    private ColumnAtFault() {}

    /** The column that one of these texts names; only names that the stage has, so that no value passes for one. */
    static Optional<String> named(List<SQLException> chain) {
        return chain.stream().map(SQLException::getMessage).filter(text -> text != null)
                .flatMap(text -> inText(text).stream()).findFirst().map(StagingColumn::column);
    }

    /** The first column of the table that cannot hold what this row has for it; empty when none is found or shown. */
    static Optional<String> compared(Connection connection, StagedRow row) {
        try (Statement statement = connection.createStatement(); ResultSet limits = statement.executeQuery(LIMITS)) {
            while (limits.next()) {
                Optional<StagingColumn> column = byName(limits.getString(1));
                long longest = limits.getLong(2);
                boolean nullable = "YES".equals(limits.getString(3));
                if (column.isPresent() && !fits(column.get().of(row), longest, nullable)) {
                    return column.map(StagingColumn::column);
                }
            }
        } catch (SQLException _) {
            // The rejection is known; a catalog that is not shown does not make it another one.
        }
        return Optional.empty();
    }

    private static boolean fits(Object value, long longest, boolean nullable) {
        return value == null ? nullable : !(value instanceof String text) || longest <= 0 || text.length() <= longest;
    }

    private static Optional<StagingColumn> inText(String text) {
        Matcher named = NAMED.matcher(text);
        if (named.find()) {
            return byName(named.group(1));
        }
        Matcher numbered = NUMBERED.matcher(text);
        int number = numbered.find() ? Integer.parseInt(numbered.group(1)) : 0;
        return number >= 1 && number <= COLUMNS.size() ? Optional.of(COLUMNS.get(number - 1)) : Optional.empty();
    }

    private static Optional<StagingColumn> byName(String name) {
        return Arrays.stream(StagingColumn.values()).filter(it -> it.column().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
