package io.tokensync.monitor.audit;

import java.util.List;

/**
 * What one audit was answered.
 *
 * @param each for each kind, in the order in which they were asked for
 */
public record AuditAnswers(List<KindAnswer> each) {
    public AuditAnswers {
        each = List.copyOf(each);
    }

    /** Of the kinds that were answered, also those of which nothing was found. */
    public List<Finding> findings() {
        return each.stream().filter(Finding.class::isInstance).map(Finding.class::cast).toList();
    }

    /** The kinds that were not. */
    public List<Unanswered> unanswered() {
        return each.stream().filter(Unanswered.class::isInstance).map(Unanswered.class::cast).toList();
    }

    /** Whether every kind was answered, so that what is not among the findings was not found. */
    public boolean isComplete() {
        return unanswered().isEmpty();
    }
}
