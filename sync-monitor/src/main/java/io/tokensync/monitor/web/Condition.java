package io.tokensync.monitor.web;

import io.tokensync.common.session.SessionStatus;
import io.tokensync.monitor.view.NodeView;

/** How a node stands, the most urgent first. */
enum Condition {
    STALLED,
    INTERRUPTED,
    /** Something stands in the way of reading it. */
    PROBLEM,
    /** Its agent has not been heard of for longer than it should take. */
    SILENT,
    /** Read, and something of it was rejected or dead-lettered. */
    ERRORS,
    RUNNING,
    ACCOUNTED_FOR;

    /** One letter, for the mosaic. */
    String letter() {
        return switch (this) {
            case STALLED -> "x";
            case INTERRUPTED -> "i";
            case PROBLEM -> "p";
            case SILENT -> "q";
            case ERRORS -> "e";
            case RUNNING -> "r";
            case ACCOUNTED_FOR -> "s";
        };
    }

    static Condition of(NodeView node, boolean silent) {
        return switch (node.status()) {
            case STALLED -> STALLED;
            case INTERRUPTED -> INTERRUPTED;
            case RUNNING, COMPLETED_WITH_ERRORS, COMPLETED -> silent ? SILENT : looked(node);
        };
    }

    /** Of a node whose agent is there. */
    private static Condition looked(NodeView node) {
        if (node.problem() != null) {
            return PROBLEM;
        }
        if (node.status() == SessionStatus.RUNNING) {
            return RUNNING;
        }
        return node.status() == SessionStatus.COMPLETED_WITH_ERRORS || node.rejected() > 0 ? ERRORS : ACCOUNTED_FOR;
    }
}
