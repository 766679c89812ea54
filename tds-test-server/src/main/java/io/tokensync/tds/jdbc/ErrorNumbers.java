package io.tokensync.tds.jdbc;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.h2.api.ErrorCode;

import io.tokensync.tds.protocol.SqlError;
import io.tokensync.tds.sql.SyntaxErrors;

/** H2's errors with the number, state, class and words of SQL Server's. */
final class ErrorNumbers {
    /** Not an error of SQL Server: the statement was cancelled and its client knows. */
    static final int CANCELLED = 0;

    private static final Pattern INDEX = Pattern.compile("(PRIMARY KEY|[^\"\\s.]+)\"? ON (\\S+?)\\(");
    private static final Pattern OF_CONSTRAINT = Pattern.compile("(?i)PRIMARY.*|CONSTRAINT_.*|.*_INDEX_[0-9A-F]+");
    private static final Pattern QUOTED = Pattern.compile("\"(.*)\"", Pattern.DOTALL);
    private static final int STATEMENT_SEVERITY = 16;

    private ErrorNumbers() {}

    static SqlError of(SQLException e, String statement) {
        return switch (e.getErrorCode()) {
            case ErrorCode.STATEMENT_WAS_CANCELED -> error(CANCELLED, 1, "The statement was cancelled.");
            case ErrorCode.DUPLICATE_KEY_1 -> duplicate(e.getMessage());
            case ErrorCode.NULL_NOT_ALLOWED -> error(515, 2, "Cannot insert the value NULL into column '" + subject(e)
                    + "'; column does not allow nulls.");
            case ErrorCode.VALUE_TOO_LONG_2 -> error(2628, 1, "String or binary data would be truncated in column '"
                    + subject(e).split(" ", 2)[0].replace("\"", "") + "'.");
            case ErrorCode.REFERENTIAL_INTEGRITY_VIOLATED_PARENT_MISSING_1,
                    ErrorCode.REFERENTIAL_INTEGRITY_VIOLATED_CHILD_EXISTS_1, ErrorCode.CHECK_CONSTRAINT_VIOLATED_1 ->
                error(547, 0, "The statement conflicted with the constraint " + subject(e) + ".");
            case ErrorCode.DEADLOCK_1 ->
                new SqlError(1205, 51, 13, "Transaction (Process ID 51) was deadlocked on lock "
                        + "resources with another process and has been chosen as the deadlock victim. Rerun the transaction.");
            case ErrorCode.LOCK_TIMEOUT_1 -> error(1222, 51, "Lock request time out period exceeded.");
            case ErrorCode.CONCURRENT_UPDATE_1 -> error(3960, 2, "Snapshot isolation transaction aborted due to update "
                    + "conflict.");
            default -> ofText(e, statement);
        };
    }

    /** Errors about names, conversions and everything else. */
    private static SqlError ofText(SQLException e, String statement) {
        return switch (e.getErrorCode()) {
            case ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1, ErrorCode.TABLE_OR_VIEW_NOT_FOUND_WITH_CANDIDATES_2,
                    ErrorCode.TABLE_OR_VIEW_NOT_FOUND_DATABASE_EMPTY_1, ErrorCode.SCHEMA_NOT_FOUND_1,
                    ErrorCode.VIEW_NOT_FOUND_1 ->
                missing(e, statement);
            case ErrorCode.INDEX_NOT_FOUND_1, ErrorCode.CONSTRAINT_NOT_FOUND_1 -> missing(e, "DROP");
            case ErrorCode.COLUMN_NOT_FOUND_1 -> error(207, 1, "Invalid column name '" + subject(e) + "'.");
            case ErrorCode.TABLE_OR_VIEW_ALREADY_EXISTS_1, ErrorCode.CONSTRAINT_ALREADY_EXISTS_1 ->
                error(2714, 6, "There is already an object named '" + subject(e) + "' in the database.");
            case ErrorCode.INDEX_ALREADY_EXISTS_1 -> error(1913, 1, "An index with name '" + subject(e)
                    + "' already exists.");
            case ErrorCode.DATA_CONVERSION_ERROR_1 -> error(245, 1, "Conversion failed when converting the value "
                    + subject(e) + ".");
            case ErrorCode.INVALID_DATETIME_CONSTANT_2 -> error(241, 1, "Conversion failed when converting date and/or "
                    + "time from character string.");
            case ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE_1, ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE_2 ->
                error(8115, 2, "Arithmetic overflow error converting to data type.");
            case ErrorCode.DIVISION_BY_ZERO_1 -> error(8134, 1, "Divide by zero error encountered.");
            case ErrorCode.COLUMN_COUNT_DOES_NOT_MATCH -> error(213, 1, "Column name or number of supplied values does "
                    + "not match table definition.");
            default -> SyntaxErrors.unknown("H2 says " + firstLine(e), statement);
        };
    }

    private static SqlError error(int number, int state, String text) {
        return new SqlError(number, state, STATEMENT_SEVERITY, text);
    }

    private static SqlError missing(SQLException e, String statement) {
        if (statement.regionMatches(true, 0, "DROP", 0, 4)) {
            return new SqlError(3701, 5, 11, "Cannot drop '" + subject(e)
                    + "', because it does not exist or you do not have permission.");
        }
        return error(208, 1, "Invalid object name '" + subject(e) + "'.");
    }

    private static SqlError duplicate(String message) {
        if (message.contains("Merge using ON")) {
            return error(8672, 1, "The MERGE statement attempted to UPDATE or DELETE the same row more than once.");
        }
        Matcher index = INDEX.matcher(message);
        String name = index.find() ? index.group(1) : "";
        String table = index.hasMatch() ? index.group(2).replace("\"", "") : "?";
        if (OF_CONSTRAINT.matcher(name).matches()) {
            return new SqlError(2627, 1, 14, "Violation of constraint '" + name
                    + "'. Cannot insert duplicate key in object '" + table + "'.");
        }
        return new SqlError(2601, 1, 14, "Cannot insert duplicate key row in object '" + table + "' with unique index '"
                + name + "'.");
    }

    private static String subject(SQLException e) {
        Matcher quoted = QUOTED.matcher(firstLine(e));
        return quoted.find() ? quoted.group(1) : firstLine(e);
    }

    private static String firstLine(SQLException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf("; SQL statement:");
        return end < 0 ? message : message.substring(0, end);
    }
}
