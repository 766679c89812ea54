package io.tokensync.simulator;

/** A change of one node, as {@link Churn} applies them. */
public enum Edit {
    /** A token went one step along its life. */
    MOVED,
    /** A token took part in another transaction, its status stayed. */
    TOUCHED,
    /** A new whole token with its block. */
    MINTED,
    /** A whole token was burnt, and its parts were added. */
    SPLIT,
    /** A row was deleted. */
    DELETED,
    /** The node was upgraded, which added columns. */
    UPGRADED,
    /** A new node appeared. */
    NODE_ADDED,
    /** Nothing: the database was locked by somebody else for longer than a node waits. */
    SKIPPED
}
