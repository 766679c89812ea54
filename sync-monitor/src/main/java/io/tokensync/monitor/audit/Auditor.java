package io.tokensync.monitor.audit;

import java.util.List;

/** Whoever can be asked for findings. */
@FunctionalInterface
public interface Auditor {
    /**
     * A finding for each kind, in this order.
     *
     * @param rows which of the rows behind each to return
     * @throws AuditException when the table cannot be asked
     */
    List<Finding> find(List<FindingKind> kinds, Rows rows) throws AuditException;

    /** Ends the audit that another thread is at, and lets none begin, without interrupting anybody. */
    default void cancel() {}
}
