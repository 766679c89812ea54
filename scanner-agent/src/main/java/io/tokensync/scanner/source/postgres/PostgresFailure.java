package io.tokensync.scanner.source.postgres;

import java.nio.file.Path;
import java.sql.SQLException;

import javax.net.ssl.SSLException;

import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.source.DatabaseProblemException;

/** Tells by SQL state what a failure of PostgreSQL means for the reading of a node's database. */
final class PostgresFailure {
    private static final int CLASS_LENGTH = 2;

    private PostgresFailure() {}

    static DatabaseProblemException of(Path file, SQLException failure) {
        SQLException cause = deepest(failure);
        ProblemKind kind = isOfEncryption(cause) ? ProblemKind.POSTGRES_CERTIFICATE : kind(cause.getSQLState());
        return new DatabaseProblemException(new Problem(kind, file, reason(cause)), failure);
    }

    /** A pool's own failure says only that it has no connection; why is below. */
    private static SQLException deepest(SQLException failure) {
        SQLException deepest = failure;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            deepest = cause instanceof SQLException below ? below : deepest;
        }
        return deepest;
    }

    /** The driver gives it the state of a connection that fails. */
    private static boolean isOfEncryption(SQLException failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof SSLException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    private static ProblemKind kind(String state) {
        if (state == null || state.length() < CLASS_LENGTH) {
            return ProblemKind.READ_FAILED;
        }
        return switch (state) {
            // the driver's for a way of logging in that it must not take
            case "08004" -> ProblemKind.POSTGRES_LOGIN;
            case "42501" -> ProblemKind.POSTGRES_FORBIDDEN;
            case "42P01", "3F000" -> ProblemKind.NO_TOKENS_TABLE;
            case "3D000" -> ProblemKind.POSTGRES_AWAY;
            // lock_not_available, query_canceled, a standby's conflict with what it replays, and a migration under way
            case "55P03", "57014", "40001", "40P01" -> ProblemKind.DATABASE_BUSY;
            default -> switch (state.substring(0, CLASS_LENGTH)) {
                case "28" -> ProblemKind.POSTGRES_LOGIN;
                case "08", "53", "57", "58" -> ProblemKind.POSTGRES_AWAY;
                default -> ProblemKind.READ_FAILED;
            };
        };
    }

    /** The server's first line; what follows may quote values. */
    private static String reason(SQLException failure) {
        String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return message + (failure.getSQLState() == null ? "" : " (SQL state " + failure.getSQLState() + ")");
    }
}
