package io.tokensync.tds.faults;

import java.time.Duration;

import io.tokensync.tds.protocol.SqlError;

/** What the endpoint does instead of, or beside, what it was asked. */
public sealed interface Effect {
    /** Answers with this error and does nothing; a severity of 20 or more then closes the connection. */
    record Fail(SqlError error) implements Effect {}

    /** Closes the connection in order, before anything is done. */
    record CutBefore() implements Effect {}

    /** Does what was asked, sends half of the answer's last packet and drops the connection. */
    record CutMidway() implements Effect {}

    /** Does what was asked, commit included, and drops the connection without an answer. */
    record CutAfter() implements Effect {}

    /** Drops the connection at once with a TCP reset. */
    record Reset() implements Effect {}

    /** Says nothing for so long, or until the client gives up; then goes on as if nothing had been. */
    record Stall(Duration length) implements Effect {}

    /** From now on every row of this connection, read or written, takes so long. */
    record Throttle(Duration perRow) implements Effect {}

    /** At a login: sends the client to another endpoint. */
    record Redirect(String host, int port) implements Effect {}

    /** Ends every session of the endpoint, this one included; the database stays. */
    record KillSessions() implements Effect {}

    /**
     * Ends every session and stops listening for so long; the database stays. The statement at hand is not executed.
     */
    record Restart(Duration downtime) implements Effect {}

    /** An ERROR token with a message of its own number. */
    static Effect fail(int number, int severity) {
        return new Fail(new SqlError(number, 1, severity, "Error " + number + ", made by the fault script."));
    }
}
