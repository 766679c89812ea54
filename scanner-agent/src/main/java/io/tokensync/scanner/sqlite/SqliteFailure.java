package io.tokensync.scanner.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;

import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;

/** Tells by result code what a failure of SQLite means for the reading of a node's database. */
final class SqliteFailure {
    private static final int PRIMARY = 0xff;

    private SqliteFailure() {}

    /** Whether somebody else is in the way for a moment, so that the same page can be read again. */
    static boolean passes(SQLException failure) {
        return switch (primary(failure)) {
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL, SQLITE_SCHEMA -> true;
            default -> false;
        };
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
            case SQLITE_READONLY_ROLLBACK ->
                "the node stopped in the middle of a write; only the node may roll it back,"
                        + " so start it once (" + code.name() + ")";
            case SQLITE_READONLY_DIRECTORY, SQLITE_READONLY_CANTINIT,
                    SQLITE_READONLY_RECOVERY ->
                "it is in WAL mode and"
                        + " nobody has it open: reading needs the right to write into its directory (" + code.name()
                        + ")";
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
