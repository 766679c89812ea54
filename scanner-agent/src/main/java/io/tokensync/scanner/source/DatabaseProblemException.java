package io.tokensync.scanner.source;

import java.io.IOException;
import java.nio.file.Path;

import io.tokensync.common.file.NotRegularFileException;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;

/** A node's database cannot be read now. It is reported, stops no other database, and says nothing about its rows. */
public final class DatabaseProblemException extends Exception {
    private final transient Problem problem;

    public DatabaseProblemException(Problem problem, Throwable cause) {
        super(problem.describe(), cause);
        this.problem = problem;
    }

    /** The files of a database cannot be looked at. */
    public static DatabaseProblemException of(Path database, IOException failure) {
        if (failure instanceof NotRegularFileException e) {
            String name = String.valueOf(Path.of(e.getFile()).getFileName());
            return new DatabaseProblemException(
                    new Problem(ProblemKind.NOT_A_REGULAR_FILE, database, "its " + name + " " + e.getReason()), e);
        }
        return new DatabaseProblemException(
                new Problem(ProblemKind.DATABASE_UNREADABLE, database, "cannot be looked at: " + failure), failure);
    }

    /** While a database was read, another file has taken its place. */
    public static DatabaseProblemException replaced(Path database) {
        return new DatabaseProblemException(new Problem(ProblemKind.DATABASE_REPLACED, database,
                "was replaced by another file while it was read"), null);
    }

    public Problem problem() {
        return problem;
    }
}
