package io.tokensync.cli.schema;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.time.Sleeper;
import io.tokensync.writer.batch.SqlFailure;

/** Waits for a database that is away, for some time, and says for which one, since when and why. */
final class DatabaseWait {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final String place;
    private final Duration bound;
    private final PrintStream out;
    private final Clock clock;
    private final Sleeper sleeper;

    /** A try. */
    @FunctionalInterface
    interface SqlCallable {
        /** Connects, or fails. */
        void ask() throws SqlFailure;
    }

    /**
     * @param place the database and its host, for people
     * @param bound how long it is waited for; a last try may end later
     */
    DatabaseWait(String place, Duration bound, PrintStream out, Clock clock, Sleeper sleeper) {
        this.place = place;
        this.bound = bound;
        this.out = out;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /**
     * Returns when the database has answered.
     *
     * @throws SqlFailure when it is still away at the end, or answers with what waiting does not help
     */
    void until(SqlCallable question) throws SqlFailure, InterruptedException {
        Instant begin = clock.instant();
        Duration pause = FIRST;
        while (true) {
            try {
                question.ask();
                return;
            } catch (SqlFailure e) {
                Duration waited = Duration.between(begin, clock.instant());
                if (!passes(e) || waited.plus(pause).compareTo(bound) > 0) {
                    throw e;
                }
                out.println("waiting for " + place + " since " + waited.toSeconds() + " s, for " + bound.toSeconds()
                        + " s at most: " + e.getMessage());
            }
            sleeper.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
        }
    }

    /** A wrong login is for the one who typed it, who is there; what nobody knows may pass. */
    private static boolean passes(SqlFailure failure) {
        return failure.kind() == FailureKind.ENVIRONMENT
                ? failure.isUnknown()
                : failure.kind() != FailureKind.FATAL && failure.kind() != FailureKind.POISON;
    }
}
