package io.tokensync.monitor.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

import io.tokensync.monitor.deadletter.DeadLetterStore;
import io.tokensync.monitor.deadletter.DeadLetterView;

/**
 * The table of dead letters.
 *
 * @param total how many fit
 * @param from those before these
 * @param reasons how many of those that fit have which cause
 * @param kept how many are kept at most
 * @param problem why some may be missing; null for no reason
 * @param rows these
 */
record DeadLetterTable(int total, int from, Map<String, Long> reasons, int kept, String problem,
        List<DeadLetterView> rows) {
    private static final Set<String> NAMES = Set.of("reason", "stage", "machine", "node", "session", "token", "from",
            "limit");
    private static final int MOST = 200;

    static DeadLetterTable of(DeadLetterStore store, Map<String, String> query) {
        Parameters parameters = Parameters.of(query, NAMES);
        List<DeadLetterView> found = store.find(wanted(parameters));
        int from = parameters.text("from").map(text -> text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0).orElse(0);
        int first = Math.min(from, found.size());
        int limit = parameters.count("limit", 25, MOST);
        Map<String, Long> reasons = new TreeMap<>();
        found.forEach(one -> reasons.merge(one.reason(), 1L, Long::sum));
        return new DeadLetterTable(found.size(), first, reasons, DeadLetterStore.MOST, store.problem(),
                List.copyOf(found.subList(first, Math.min(first + limit, found.size()))));
    }

    /** All that fit, for an export. */
    static List<DeadLetterView> all(DeadLetterStore store, Map<String, String> query) {
        return store.find(wanted(Parameters.of(query, NAMES)));
    }

    private static Predicate<DeadLetterView> wanted(Parameters parameters) {
        return is(parameters.text("reason"), DeadLetterView::reason)
                .and(is(parameters.text("stage"), DeadLetterView::stage))
                .and(is(parameters.text("machine"), DeadLetterView::sourceIp))
                .and(is(parameters.text("node"), DeadLetterView::nodeName))
                .and(is(parameters.text("session"), DeadLetterView::sessionId))
                .and(is(parameters.text("token"), DeadLetterView::tokenId));
    }

    private static Predicate<DeadLetterView> is(Optional<String> wanted, Function<DeadLetterView, String> field) {
        return one -> wanted.isEmpty() || wanted.get().equals(field.apply(one));
    }
}
