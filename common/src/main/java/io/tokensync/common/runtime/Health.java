package io.tokensync.common.runtime;

import java.util.function.BooleanSupplier;

/**
 * Whether a stage is alive and whether it is ready, as everybody is told who asks. Neither depends on a remote system: a stage
 * whose database is away is both. A stage of which a loop has failed is alive, since the loop is started again, and not
 * ready.
 *
 * @param status of the stage
 * @param loops whether the stage's loops turn; asked only while the stage itself has not failed
 */
record Health(StageStatus status, BooleanSupplier loops) {
    boolean isAlive() {
        return !status.hasFailed() && loops.getAsBoolean();
    }

    boolean isReady() {
        return switch (status.snapshot().state()) {
            case RUNNING, WAITING -> true;
            case STARTING, STOPPED, FAILED -> false;
        };
    }
}
