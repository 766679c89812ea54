package io.tokensync.chaos.report;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.tokensync.chaos.schedule.FaultKind;

/**
 * The outcomes of one kind.
 *
 * @param kind what went wrong
 * @param tried how often
 * @param survived of these
 * @param median recovery of those that happened alone and recovered; empty when there was none
 * @param worst of all that recovered, also beside another fault; empty when there was none
 */
public record KindSummary(FaultKind kind, int tried, int survived, Optional<Duration> median,
        Optional<Duration> worst) {

    /** One for each kind that happened, in the order of the kinds. */
    public static List<KindSummary> of(List<Outcome> outcomes) {
        Map<FaultKind, List<Outcome>> byKind = outcomes.stream()
                .collect(Collectors.groupingBy(Outcome::kind, TreeMap::new, Collectors.toList()));
        return byKind.entrySet().stream().map(entry -> of(entry.getKey(), entry.getValue())).toList();
    }

    private static KindSummary of(FaultKind kind, List<Outcome> outcomes) {
        List<Duration> alone = outcomes.stream().filter(Outcome::alone)
                .flatMap(outcome -> outcome.recovery().stream()).toList();
        return new KindSummary(kind, outcomes.size(), (int) outcomes.stream().filter(Outcome::isSurvived).count(),
                median(alone), worst(outcomes));
    }

    /** The longest recovery. */
    static Optional<Duration> worst(List<Outcome> outcomes) {
        return outcomes.stream().flatMap(outcome -> outcome.recovery().stream()).max(Duration::compareTo);
    }

    /** The middle one; of an even number the mean of both. */
    static Optional<Duration> median(List<Duration> durations) {
        if (durations.isEmpty()) {
            return Optional.empty();
        }
        List<Duration> sorted = durations.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return Optional.of(sorted.size() % 2 == 1
                ? sorted.get(middle)
                : sorted.get(middle - 1).plus(sorted.get(middle)).dividedBy(2));
    }
}
