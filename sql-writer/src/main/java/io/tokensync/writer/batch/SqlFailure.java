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
    private final boolean connecting;
    private final String column;

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
        this.connecting = false;
        this.column = null;
    }

    /** The same failure, seen as another kind by somebody who knows more of the circumstances. */
    public SqlFailure as(FailureKind other) {
        return other == kind ? this : new SqlFailure(other, this, connecting, column);
    }

    /** The same failure, met while a connection was made. */
    public SqlFailure whileConnecting() {
        return new SqlFailure(kind, this, true, column);
    }

    /** The same failure, known to be about a value of this column. */
    public SqlFailure of(String columnName) {
        return new SqlFailure(kind, this, connecting, columnName);
    }

    @Override
    public String getMessage() {
        return column == null ? super.getMessage() : super.getMessage() + ", column " + column;
    }

    private SqlFailure(FailureKind kind, SqlFailure original, boolean connecting, String column) {
        super(original.text(), original.getCause());
        this.kind = kind;
        this.number = original.number;
        this.sqlState = original.sqlState;
        this.connecting = connecting;
        this.column = column;
    }

    /** Whether the database is away: no connection could be made, and that passes. */
    public boolean isAway() {
        return connecting && kind == FailureKind.TRANSIENT;
    }

    public FailureKind kind() {
        return kind;
    }

    /** The database's error number; 0 when the driver had none. */
    public int number() {
        return number;
    }

    /** The column whose value is refused, where that is known. */
    public Optional<String> column() {
        return Optional.ofNullable(column);
    }

    /** The SQLSTATE, or null. */
    public String sqlState() {
        return sqlState;
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
