package io.tokensync.monitor.audit;

/** What became of the question about one kind of finding. */
public sealed interface KindAnswer permits Finding, Unanswered {
    /** The kind that was asked for. */
    FindingKind kind();
}
