package io.tokensync.scanner.sqlite;

import io.tokensync.scanner.report.Problem;

/** A node's database cannot be read now. It is reported, stops no other database, and says nothing about its rows. */
public final class DatabaseProblemException extends Exception {
    private final transient Problem problem;

    DatabaseProblemException(Problem problem, Throwable cause) {
        super(problem.describe(), cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
