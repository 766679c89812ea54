package io.tokensync.monitor.web;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.session.BoundedSum;
import io.tokensync.common.session.SessionTotals;
import io.tokensync.monitor.probe.StageInstance;
import io.tokensync.monitor.view.FleetView;

/**
 * What went wrong in all sessions, in the five categories that operators of the old tool know: ipfs,
 * database, validation, system, connection. The first four count records and rows, and once
 * each what stands in the way of reading now; the last one counts stages that wait now.
 */
final class ErrorCategories {
    private static final String UNREADABLE = RejectionReason.UNREADABLE_RECORD.code();
    private static final String SQL = RejectionReason.SQL_REJECTED.code();

    private final Map<String, Long> ipfs = new TreeMap<>();
    private final Map<String, Long> database = new TreeMap<>();
    private final Map<String, Long> validation = new TreeMap<>();
    private final Map<String, Long> system = new TreeMap<>();
    private final Map<String, Long> connection = new TreeMap<>();

    private ErrorCategories() {}

    /** One category with its causes. */
    record Category(String category, long count, Map<String, Long> causes) {
        private static Category of(String name, Map<String, Long> causes) {
            return new Category(name, BoundedSum.sum(causes.values().stream().mapToLong(Long::longValue)),
                    Collections.unmodifiableMap(causes));
        }
    }

    static List<Category> of(FleetView fleet, List<StageInstance> instances) {
        ErrorCategories categories = new ErrorCategories();
        categories.add(fleet.totals());
        fleet.problems().forEach(problem -> add(categories.database, "node database: " + problem.kind(), 1));
        instances.stream().filter(StageInstance::isPaused).forEach(instance -> add(categories.connection,
                instance.stage() + " waits: "
                        + (instance.kind() == null ? "unknown" : instance.kind().toLowerCase(Locale.ROOT)),
                1));
        return List.of(Category.of("ipfs", categories.ipfs), Category.of("database", categories.database),
                Category.of("validation", categories.validation), Category.of("system", categories.system),
                Category.of("connection", categories.connection));
    }

    private void add(SessionTotals totals) {
        totals.enriched().failed().forEach((code, count) -> add(ipfs, code, count));
        totals.scan().rejected().forEach((code, count) -> add(validation, code, count));
        totals.enriched().deadLetters().forEach(this::addDeadLetters);
        totals.written().deadLetters().forEach(this::addDeadLetters);
        if (totals.written().flawed() > 0) {
            add(validation, "written with marks", totals.written().flawed());
        }
    }

    private void addDeadLetters(String code, long count) {
        if (code.equals(UNREADABLE)) {
            add(system, code, count);
        } else {
            add(code.equals(SQL) ? database : validation, code, count);
        }
    }

    private static void add(Map<String, Long> causes, String cause, long count) {
        causes.merge(cause, count, BoundedSum::plus);
    }
}
