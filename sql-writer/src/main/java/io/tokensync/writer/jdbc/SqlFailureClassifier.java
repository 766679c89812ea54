package io.tokensync.writer.jdbc;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.microsoft.sqlserver.jdbc.SQLServerError;
import com.microsoft.sqlserver.jdbc.SQLServerException;

import io.tokensync.common.failure.FailureClassifier;
import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.jdbc.Dialect;
import io.tokensync.writer.batch.SqlFailure;

/**
 * Decides what a failure of the database means: by error number where the table of the dialect knows it, else by SQLSTATE
 * or type of the exception, never by text, which only names the column of a rejected value. Causes, chained exceptions and
 * the server's own error are all looked at; the first known number of the chain decides. What nobody knows is waited for
 * like something that somebody has to change: no error of a database is the end of a process. Fatal are mistakes of this
 * program alone.
 */
public final class SqlFailureClassifier implements FailureClassifier {
    private static final int MOST_LINKS = 100;
    /** SQLSTATEs of a statement that was given up waiting for. */
    private static final Set<String> TIMEOUTS = Set.of("HYT00", "HYT01", "HY008", "57014");
    private static final String CONNECTION_CLASS = "08";
    private static final String DATA_CLASS = "22";
    /** From here on the server is short of something, or broken; the statement is not at fault. */
    private static final int SEVERITY_OF_THE_SERVER = 17;

    private final SqlErrors errors;

    SqlFailureClassifier(SqlErrors errors) {
        this.errors = errors;
    }

    /** For a dialect, with what its configuration says else. */
    static SqlFailureClassifier of(Dialect dialect, SqlErrorOverrides overrides) {
        return new SqlFailureClassifier(SqlErrors.of(dialect.directory()).with(overrides));
    }

    /** For SQL Server and Azure SQL. */
    public static SqlFailureClassifier sqlServer() {
        return new SqlFailureClassifier(SqlErrors.of("sqlserver"));
    }

    /** For SQLite. */
    static SqlFailureClassifier sqlite() {
        return new SqlFailureClassifier(SqlErrors.of("sqlite"));
    }

    @Override
    public FailureKind classify(Throwable failure) {
        return failure instanceof SqlFailure known ? known.kind() : toFailure(failure).kind();
    }

    /** The failure with its kind; the cause is the given one. */
    SqlFailure toFailure(Throwable failure) {
        List<SQLException> chain = chain(failure);
        SqlFailure known = known(chain, failure).orElseGet(() -> unknown(chain, failure));
        return known.kind() == FailureKind.POISON ? atFault(known, chain) : known;
    }

    private static SqlFailure atFault(SqlFailure known, List<SQLException> chain) {
        SqlFailure named = ColumnAtFault.named(chain).map(known::of).orElse(known);
        return ConstraintAtFault.named(chain).map(named::by).orElse(named);
    }

    /**
     * As {@link #toFailure}, met before there is a transaction: an answer that did not come leaves nothing open. What a
     * library of the driver throws, such as one that cannot have a token, need not be an SQLException.
     */
    SqlFailure atConnect(Throwable failure) {
        SqlFailure known = toFailure(failure);
        return (known.kind() == FailureKind.UNKNOWN_OUTCOME ? known.as(FailureKind.TRANSIENT) : known)
                .whileConnecting();
    }

    /**
     * As {@link #toFailure}, of a statement that has no value of a row in it, as those that make tables: what no table knows is
     * said in the database's own words.
     */
    SqlFailure ofDefinition(Throwable failure) {
        SqlFailure known = toFailure(failure);
        List<SQLException> chain = chain(failure);
        if (!known.isUnknown() || chain.isEmpty() || chain.getFirst().getMessage() == null) {
            return known;
        }
        String words = chain.getFirst().getMessage().replaceAll("\\s+", " ").strip();
        return new SqlFailure(known.kind(), known.number(), known.sqlState(), "the database says: " + words, failure)
                .unknown();
    }

    /**
     * As {@link #toFailure}, met in a transaction before its COMMIT: without that nothing is applied, a statement that
     * takes too long had too much to do, and an error that nobody knows may be about one of the rows.
     */
    SqlFailure beforeCommit(Throwable failure) {
        SqlFailure known = toFailure(failure);
        if (known.kind() == FailureKind.UNKNOWN_OUTCOME) {
            return known.as(FailureKind.OVERSIZED);
        }
        return known.isUnknown() && mayBeAboutARow(chain(failure)) ? known.perhapsOfARow() : known;
    }

    /** As {@link #toFailure}, met at COMMIT: a lost connection leaves open whether it was applied. */
    SqlFailure atCommit(Throwable failure) {
        SqlFailure known = toFailure(failure);
        return known.kind() == FailureKind.TRANSIENT ? known.as(FailureKind.UNKNOWN_OUTCOME) : known;
    }

    private Optional<SqlFailure> known(List<SQLException> chain, Throwable failure) {
        return byNumber(chain, failure).or(() -> byState(chain, failure)).or(() -> byType(chain, failure));
    }

    private Optional<SqlFailure> byNumber(List<SQLException> chain, Throwable failure) {
        for (SQLException link : chain) {
            for (int number : numbers(link)) {
                Optional<SqlErrors.Entry> entry = errors.find(number);
                if (entry.isPresent()) {
                    return entry.map(e -> new SqlFailure(e.kind(), number, link.getSQLState(), e.meaning(), failure));
                }
            }
        }
        return Optional.empty();
    }

    private static int[] numbers(SQLException link) {
        SQLServerError error = link instanceof SQLServerException e ? e.getSQLServerError() : null;
        return error == null
                ? new int[]{link.getErrorCode()}
                : new int[]{link.getErrorCode(), error.getErrorNumber()};
    }

    private static Optional<SqlFailure> byState(List<SQLException> chain, Throwable failure) {
        for (SQLException link : chain) {
            String state = link.getSQLState() == null ? "" : link.getSQLState();
            if (TIMEOUTS.contains(state)) {
                return found(FailureKind.UNKNOWN_OUTCOME, link, "no answer in time", failure);
            }
            // With a number that no table knows it is said as loudly as any other that nobody knows.
            if (state.startsWith(CONNECTION_CLASS) && link.getErrorCode() == 0) {
                return found(FailureKind.TRANSIENT, link, "the connection is lost or cannot be made", failure);
            }
            if (state.startsWith(DATA_CLASS)) {
                return found(FailureKind.POISON, link, "a value does not fit its column", failure);
            }
        }
        return Optional.empty();
    }

    private static Optional<SqlFailure> byType(List<SQLException> chain, Throwable failure) {
        for (SQLException link : chain) {
            switch (link) {
                case SQLTimeoutException _ -> {
                    return found(FailureKind.UNKNOWN_OUTCOME, link, "no answer in time", failure);
                }
                case SQLTransientConnectionException _,SQLNonTransientConnectionException _,SQLRecoverableException _ -> {
                    return found(FailureKind.TRANSIENT, link, "the connection is lost or cannot be made", failure);
                }
                default -> {
                }
            }
        }
        return Optional.empty();
    }

    private static SqlFailure unknown(List<SQLException> chain, Throwable failure) {
        String type = failure.getClass().getSimpleName();
        if (chain.isEmpty()) {
            return isOfThisProgram(failure)
                    ? new SqlFailure(FailureKind.FATAL, 0, null, "a defect of this program: " + type, failure)
                    : new SqlFailure(FailureKind.ENVIRONMENT, 0, null, "the driver failed: " + type, failure).unknown();
        }
        SQLException first = chain.getFirst();
        int severity = severity(first);
        String meaning = "an error that is in no table: " + type + (severity == 0 ? "" : " of severity " + severity);
        return new SqlFailure(FailureKind.ENVIRONMENT, first.getErrorCode(), first.getSQLState(), meaning, failure)
                .unknown();
    }

    /** Whether the first code that is not the JDK's, seen from where it was thrown, is ours. */
    private static boolean isOfThisProgram(Throwable failure) {
        return Arrays.stream(failure.getStackTrace()).map(StackTraceElement::getClassName)
                .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk.")).findFirst()
                .filter(name -> name.startsWith("io.tokensync.")).isPresent();
    }

    private static boolean mayBeAboutARow(List<SQLException> chain) {
        return chain.stream().allMatch(link -> severity(link) < SEVERITY_OF_THE_SERVER)
                && chain.stream().map(SQLException::getSQLState)
                        .anyMatch(state -> state != null && !state.startsWith(CONNECTION_CLASS));
    }

    /** As the server gave it; 0 when it gave none. */
    private static int severity(SQLException link) {
        SQLServerError error = link instanceof SQLServerException e ? e.getSQLServerError() : null;
        return error == null ? 0 : error.getErrorSeverity();
    }

    private static Optional<SqlFailure> found(FailureKind kind, SQLException link, String meaning, Throwable failure) {
        return Optional.of(new SqlFailure(kind, link.getErrorCode(), link.getSQLState(), meaning, failure));
    }

    /** All SQL exceptions that hang together, the outermost first; chains may be circular. */
    private static List<SQLException> chain(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> open = new ArrayDeque<>(List.of(failure));
        List<SQLException> chain = new ArrayList<>();
        while (!open.isEmpty() && seen.size() < MOST_LINKS) {
            Throwable link = open.poll();
            if (!seen.add(link)) {
                continue;
            }
            if (link instanceof SQLException sql) {
                chain.add(sql);
                add(open, sql.getNextException());
            }
            add(open, link.getCause());
        }
        return chain;
    }

    private static void add(Deque<Throwable> open, Throwable link) {
        if (link != null) {
            open.add(link);
        }
    }
}
