package io.tokensync.monitor.page;

import io.tokensync.monitor.view.NodeView;

/** How a node stands, the most urgent first. */
enum Condition {
    STALLED,
    INTERRUPTED,
    /** Its agent has not been heard of for longer than it should take. */
    SILENT,
    /** Read, and something of it was put aside. */
    ERRORS,
    RUNNING,
    SETTLED;

    /** One letter, for the mosaic. */
    String letter() {
        return switch (this) {
            case STALLED -> "x";
            case INTERRUPTED -> "i";
            case SILENT -> "q";
            case ERRORS -> "e";
            case RUNNING -> "r";
            case SETTLED -> "s";
        };
    }

    static Condition of(NodeView node, boolean silent) {
        return switch (node.status()) {
            case STALLED -> STALLED;
            case INTERRUPTED -> INTERRUPTED;
            case RUNNING -> silent ? SILENT : RUNNING;
            case COMPLETED_WITH_ERRORS -> silent ? SILENT : ERRORS;
            case COMPLETED -> silent ? SILENT : SETTLED;
        };
    }
}
