package io.tokensync.cli.local;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import io.tokensync.cli.terminal.Printable;
import io.tokensync.common.runtime.StopSignal;
import io.tokensync.scanner.operate.VerificationText;
import io.tokensync.scanner.report.AgentStatus.DatabaseStatus;
import io.tokensync.standalone.run.LocalPipeline;
import io.tokensync.standalone.run.LocalPlan;
import io.tokensync.standalone.run.LocalRun;
import io.tokensync.standalone.run.LocalVerification;

/** Behind a run: proves that the table has what the nodes hold, and says so. */
final class VerifiedRun {
    private static final Duration LOOK = Duration.ofMillis(100);

    private final LocalRun run;
    private final Clock clock;
    private final PrintStream out;

    VerifiedRun(LocalRun run, Clock clock, PrintStream out) {
        this.run = run;
        this.clock = clock;
        this.out = out;
    }

    /** What came of it. */
    enum Result {
        /** The table has what every node holds. */
        EQUAL,
        /** It has not, or nobody knows. */
        NOT_EQUAL,
        /** The signal came first. */
        STOPPED
    }

    Result verify(LocalPipeline pipeline, LocalPlan plan, StopSignal stop) throws InterruptedException {
        try (LocalVerification verification = LocalVerification.start(pipeline, plan, clock)) {
            while (!verification.isDone()) {
                if (stop.await(LOOK)) {
                    return Result.STOPPED;
                }
                run.failIfSomethingHasFailed();
            }
            return say(verification.results());
        }
    }

    private Result say(List<DatabaseStatus> databases) {
        List<DatabaseStatus> others = databases.stream().filter(database -> !isEqual(database)).toList();
        long rows = databases.stream().filter(VerifiedRun::isEqual)
                .mapToLong(database -> database.verification().rows()).sum();
        out.println(String.format(Locale.ROOT, "verified    the table is equal to %,d of %,d nodes, %,d rows",
                databases.size() - others.size(), databases.size(), rows));
        for (DatabaseStatus database : others) {
            String outcome = database.verification() == null
                    ? "not read to its end"
                    : VerificationText.of(database.verification());
            out.println(Printable.line("  " + database.nodeName() + " (" + database.path() + "): " + outcome));
        }
        return others.isEmpty() ? Result.EQUAL : Result.NOT_EQUAL;
    }

    private static boolean isEqual(DatabaseStatus database) {
        return database.verification() != null && database.verification().answer() != null
                && database.verification().answer().outcome().equals("equal");
    }
}
