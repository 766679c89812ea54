package io.tokensync.common.session;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Counts by code. */
final class Tallies {
    private Tallies() {}

    /** In the order of the codes, so that equal tallies are equal JSON; without zeros. */
    static Map<String, Long> copy(Map<String, Long> counts) {
        TreeMap<String, Long> copy = new TreeMap<>(counts);
        copy.values().removeIf(count -> count == 0);
        return Collections.unmodifiableMap(copy);
    }

    static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
        Map<String, Long> sum = new TreeMap<>(one);
        other.forEach((code, count) -> sum.merge(code, count, Long::sum));
        return sum;
    }

    static long total(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
