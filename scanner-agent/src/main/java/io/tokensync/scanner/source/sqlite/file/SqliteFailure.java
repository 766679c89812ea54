package io.tokensync.scanner.source.sqlite.file;

import java.nio.file.Path;
import java.sql.SQLException;

import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;

/** Tells by result code what a failure of SQLite means for the reading of a node's database. */
public final class SqliteFailure {
    private static final int PRIMARY = 0xff;

    private SqliteFailure() {}

    /** Whether somebody else is in the way for a moment, so that the same page can be read again. */
    static boolean passesByItself(SQLException failure) {
        return switch (primary(failure)) {
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL, SQLITE_SCHEMA -> true;
            default -> false;
        };
    }

    /**
     * Whether nobody has the database open, and reading it in place would take a right to write: it was left by a node
     * that was killed, or lies where the agent may only read.
     */
    public static boolean isForTheOwnerOnly(Throwable failure) {
        if (!(failure instanceof SQLiteException e)) {
            return false;
        }
        return switch (e.getResultCode()) {
            case SQLITE_READONLY_ROLLBACK, SQLITE_READONLY_DIRECTORY, SQLITE_READONLY_CANTINIT,
                    SQLITE_READONLY_RECOVERY, SQLITE_CANTOPEN ->
                true;
            default -> false;
        };
    }

    /** Whether a value is longer than the connection reads. */
    public static boolean isTooLong(SQLException failure) {
        return primary(failure) == SQLiteErrorCode.SQLITE_TOOBIG;
    }

    static Problem problem(Path file, SQLException failure) {
        return new Problem(kind(failure), file, reason(failure));
    }

    private static ProblemKind kind(SQLException failure) {
        return switch (primary(failure)) {
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL, SQLITE_SCHEMA -> ProblemKind.DATABASE_BUSY;
            case SQLITE_NOTADB -> ProblemKind.NOT_A_DATABASE;
            case SQLITE_CORRUPT -> ProblemKind.DATABASE_CORRUPT;
            case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH, SQLITE_READONLY -> ProblemKind.DATABASE_UNREADABLE;
            default -> ProblemKind.READ_FAILED;
        };
    }

    private static String reason(SQLException failure) {
        SQLiteErrorCode code = failure instanceof SQLiteException e ? e.getResultCode() : primary(failure);
        return switch (code) {
            case SQLITE_NOTADB -> "is not an SQLite database (" + code.name() + ")";
            case SQLITE_BUSY -> "another process holds it (" + code.name() + ")";
            default -> failure.getMessage();
        };
    }

    private static SQLiteErrorCode primary(SQLException failure) {
        int code = failure instanceof SQLiteException e ? e.getResultCode().code : failure.getErrorCode();
        return SQLiteErrorCode.getErrorCode(code & PRIMARY);
    }
}
