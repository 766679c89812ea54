package io.tokensync.common.failure;

/** What a failure means for the unit of work that met it. */
public enum FailureKind {
    /** Passes by itself: the same unit again on a fresh connection, with growing waits and no limit of attempts. */
    TRANSIENT,
    /** The other side asks for less: as transient, with a longer first wait and less concurrency. */
    THROTTLED,
    /** Another transaction was in the way: again at once, a few times, then as transient. */
    CONFLICT,
    /** The unit is too large: again in halves. */
    OVERSIZED,
    /** Somebody has to change something (a login, a right, a schema), or nobody knows: wait, say so, probe slowly. */
    ENVIRONMENT,
    /** A record itself is at fault: found by halving, dead-lettered with its cause. */
    POISON,
    /** Nobody knows whether the commit was applied: again on a fresh connection, which the merge makes safe. */
    UNKNOWN_OUTCOME,
    /** A defect of this program: nothing is committed, what has it ends in order. */
    FATAL
}
