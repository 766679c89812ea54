package io.tokensync.writer.batch;

import java.util.Objects;
import java.util.Optional;

import io.tokensync.common.failure.FailureKind;

/**
 * A failure of the database, already classified. Its message names the number, the state and what they mean, and never
 * a value of a row.
 */
public final class SqlFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;
    private final int number;
    private final String sqlState;
    private final Circumstances circumstances;

    /**
     * What is known beside the error itself.
     *
     * @param connecting whether it was met while a connection was made
     * @param unknown whether no table knows it
     * @param perhapsOfARow whether it may be about one of the rows, for all that is known
     * @param column the column whose value is rejected, or null
     * @param constraint what rejects the row, or null
     * @param where what was being written, for people, or null
     */
    private record Circumstances(boolean connecting, boolean unknown, boolean perhapsOfARow, String column,
            String constraint, String where) {
        static final Circumstances NONE = new Circumstances(false, false, false, null, null, null);
    }

    /**
     * @param kind what it means for the batch
     * @param number the database's error number; 0 when the driver had none
     * @param sqlState the SQLSTATE, or null
     * @param meaning what happened, in a few words
     * @param cause the exception of the driver, or null
     */
    public SqlFailure(FailureKind kind, int number, String sqlState, String meaning, Throwable cause) {
        super(text(number, sqlState, meaning), cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.number = number;
        this.sqlState = sqlState;
        this.circumstances = Circumstances.NONE;
    }

    private SqlFailure(FailureKind kind, SqlFailure original, Circumstances circumstances) {
        super(original.text(), original.getCause());
        this.kind = kind;
        this.number = original.number;
        this.sqlState = original.sqlState;
        this.circumstances = circumstances;
    }

    /** The same failure, seen as another kind by somebody who knows more of the circumstances. */
    public SqlFailure as(FailureKind other) {
        return other == kind ? this : new SqlFailure(other, this, circumstances);
    }

    /** The same failure, met while a connection was made. */
    public SqlFailure whileConnecting() {
        return with(new Circumstances(true, isUnknown(), false, circumstances.column, circumstances.constraint,
                circumstances.where));
    }

    /** The same failure, which no table knows. */
    public SqlFailure unknown() {
        return with(
                new Circumstances(circumstances.connecting, true, false, circumstances.column, circumstances.constraint,
                        circumstances.where));
    }

    /** The same failure, which no table knows and which may be about one of the rows. */
    public SqlFailure perhapsOfARow() {
        return with(new Circumstances(false, true, true, circumstances.column, circumstances.constraint,
                circumstances.where));
    }

    /** The same failure, known to be about a value of this column. */
    public SqlFailure of(String columnName) {
        return with(new Circumstances(circumstances.connecting, isUnknown(), circumstances.perhapsOfARow, columnName,
                circumstances.constraint, circumstances.where));
    }

    /** The same failure, known to be the rejection of this constraint or unique index. */
    public SqlFailure by(String constraintName) {
        return with(new Circumstances(circumstances.connecting, isUnknown(), circumstances.perhapsOfARow,
                circumstances.column, constraintName, circumstances.where));
    }

    /** The same failure, with what was being written, in words that have no value of a row. */
    public SqlFailure at(String place) {
        return with(new Circumstances(circumstances.connecting, isUnknown(), circumstances.perhapsOfARow,
                circumstances.column, circumstances.constraint, place));
    }

    private SqlFailure with(Circumstances other) {
        return new SqlFailure(kind, this, other);
    }

    @Override
    public String getMessage() {
        return super.getMessage() + (circumstances.column == null ? "" : ", column " + circumstances.column)
                + (circumstances.constraint == null ? "" : ", constraint " + circumstances.constraint)
                + (circumstances.where == null ? "" : "; " + circumstances.where);
    }

    /** Whether the database is away: no connection could be made, and that passes. */
    public boolean isAway() {
        return circumstances.connecting && kind == FailureKind.TRANSIENT;
    }

    /** Whether no table knows the error. */
    public boolean isUnknown() {
        return circumstances.unknown;
    }

    /** Whether no table knows the error, and it may be about one of the rows. */
    public boolean mayBeOfARow() {
        return circumstances.perhapsOfARow;
    }

    public FailureKind kind() {
        return kind;
    }

    /** The database's error number; 0 when the driver had none. */
    public int number() {
        return number;
    }

    /** The column whose value is rejected, where that is known. */
    public Optional<String> column() {
        return Optional.ofNullable(circumstances.column);
    }

    /** The constraint or unique index that rejects the row, where that is known. */
    public Optional<String> constraint() {
        return Optional.ofNullable(circumstances.constraint);
    }

    /** The SQLSTATE, or null. */
    public String sqlState() {
        return sqlState;
    }

    /** The number; without one the SQLSTATE, or else the class of the driver's exception: a small set of values. */
    public String code() {
        if (number != 0) {
            return Integer.toString(number);
        }
        if (sqlState != null) {
            return sqlState;
        }
        return getCause() == null ? "none" : getCause().getClass().getSimpleName();
    }

    private String text() {
        return super.getMessage();
    }

    private static String text(int number, String sqlState, String meaning) {
        StringBuilder text = new StringBuilder("SQL");
        if (number != 0) {
            text.append(" error ").append(number);
        }
        if (sqlState != null) {
            text.append(" state ").append(sqlState);
        }
        return text.append(": ").append(meaning).toString();
    }
}
