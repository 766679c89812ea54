package io.tokensync.common.session;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import io.tokensync.common.model.FieldCheck;

/** Counts by code. */
final class CountsByCode {
    /** Of codes that are more than anybody has: a map does not grow for ever. */
    private static final String OTHER = "other";

    private CountsByCode() {}

    /** In the order of the codes, so that equal counts are equal JSON; without zeros. */
    static Map<String, Long> copy(Map<String, Long> counts) {
        TreeMap<String, Long> copy = new TreeMap<>(counts);
        copy.values().removeIf(count -> count == 0);
        return Collections.unmodifiableMap(copy);
    }

    static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
        Map<String, Long> sum = new TreeMap<>(one);
        other.forEach((code, count) -> sum.merge(
                sum.containsKey(code) || sum.size() < FieldCheck.MOST_CODES - 1 ? code : OTHER, count,
                BoundedSum::plus));
        return sum;
    }

    static long total(Map<String, Long> counts) {
        return BoundedSum.sum(counts.values().stream().mapToLong(Long::longValue));
    }
}
