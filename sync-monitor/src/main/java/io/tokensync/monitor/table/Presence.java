package io.tokensync.monitor.table;

/** Which rows are meant: a row that is gone from its node is kept and marked. */
public enum Presence {
    /** The node lists it. */
    LISTED,
    /** The node does not list it any more. */
    GONE,
    ALL
}
