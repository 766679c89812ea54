package io.tokensync.monitor.audit;

import java.util.List;

/** Whoever can be asked for findings. */
@FunctionalInterface
public interface Auditor {
    /**
     * Asks for each kind, in this order. One that is not answered, say because it takes too long, is an answer too.
     *
     * @param rows which of the rows behind each to return
     * @throws AuditException when the table cannot be asked, or not any more: no other kind would be answered either
     */
    AuditAnswers find(List<FindingKind> kinds, Rows rows) throws AuditException;

    /** Ends the audit that another thread is at, and lets none begin, without interrupting anybody. */
    default void cancel() {}
}
