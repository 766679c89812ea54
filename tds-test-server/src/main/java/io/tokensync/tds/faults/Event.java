package io.tokensync.tds.faults;

/** A moment at which the script may step in. */
public sealed interface Event {
    /** A client connected. */
    record Connected() implements Event {}

    /** A client sent LOGIN7. */
    record LoggingIn() implements Event {}

    /** A client sent a statement, as a batch or as a prepared one. */
    record Executing(String statement) implements Event {}

    /** A row of a bulk load arrived; the first row of a load is number 1. */
    record Loading(long row) implements Event {}

    /** A transaction that a client began is about to be committed. */
    record Committing() implements Event {}
}
