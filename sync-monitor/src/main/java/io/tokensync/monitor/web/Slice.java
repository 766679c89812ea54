package io.tokensync.monitor.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which rows of a table the page wants. Whatever the address says, it is a valid slice: text that is no number counts as
 * the default.
 *
 * @param text that a row must contain, in lower case; empty for all
 * @param status that a row must have; empty for all
 * @param sort name of an order; empty for the usual one
 * @param from rows to leave out
 * @param limit most rows to show
 */
record Slice(String text, String status, String sort, int from, int limit) {
    private static final int USUAL = 50;
    private static final int MOST = 200;

    /**
     * A page of a table.
     *
     * @param total rows that match
     * @param from rows before these
     * @param rows these
     */
    record Page<T>(int total, int from, List<T> rows) {}

    static Slice of(Map<String, String> query) {
        return new Slice(query.getOrDefault("q", "").strip().toLowerCase(Locale.ROOT), query.getOrDefault("status", ""),
                query.getOrDefault("sort", ""), number(query.get("from"), 0, Integer.MAX_VALUE),
                number(query.get("limit"), USUAL, MOST));
    }

    /** Whether one of the texts contains what is looked for. */
    boolean matches(String... texts) {
        for (String candidate : texts) {
            if (candidate != null && candidate.toLowerCase(Locale.ROOT).contains(text)) {
                return true;
            }
        }
        return false;
    }

    /** These rows out of all of them, which are in order. */
    <T> Page<T> of(List<T> all, Predicate<T> wanted) {
        List<T> matching = all.stream().filter(wanted).toList();
        int first = Math.min(from, matching.size());
        return new Page<>(matching.size(), first,
                List.copyOf(matching.subList(first, Math.min(first + limit, matching.size()))));
    }

    private static int number(String text, int usual, int most) {
        try {
            return text == null ? usual : Math.clamp(Long.parseLong(text), 0, most);
        } catch (NumberFormatException _) {
            return usual;
        }
    }
}
