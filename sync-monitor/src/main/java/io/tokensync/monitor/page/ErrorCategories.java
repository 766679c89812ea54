package io.tokensync.monitor.page;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.tokensync.common.model.RefusalReason;
import io.tokensync.common.session.ScanProblem;
import io.tokensync.common.session.SyncSession;
import io.tokensync.monitor.watch.StageInstance;

/**
 * What went wrong in the sessions that are kept, in the five categories that operators of the old tool know: ipfs,
 * database, validation, system, connection. The first four count records, rows and databases; the last one counts stages
 * that wait now.
 */
final class ErrorCategories {
    private static final String UNREADABLE = RefusalReason.UNREADABLE_RECORD.code();
    private static final String SQL = RefusalReason.SQL_REFUSED.code();

    private final Map<String, Long> ipfs = new TreeMap<>();
    private final Map<String, Long> database = new TreeMap<>();
    private final Map<String, Long> validation = new TreeMap<>();
    private final Map<String, Long> system = new TreeMap<>();
    private final Map<String, Long> connection = new TreeMap<>();

    private ErrorCategories() {}

    /** One category with its causes. */
    record Category(String category, long count, Map<String, Long> causes) {
        private static Category of(String name, Map<String, Long> causes) {
            return new Category(name, causes.values().stream().mapToLong(Long::longValue).sum(), Map.copyOf(causes));
        }
    }

    static List<Category> of(List<SyncSession> sessions, List<StageInstance> instances) {
        ErrorCategories categories = new ErrorCategories();
        sessions.forEach(categories::add);
        instances.stream().filter(StageInstance::isPaused).forEach(instance -> add(categories.connection,
                instance.stage() + " waits: "
                        + (instance.kind() == null ? "unknown" : instance.kind().toLowerCase(Locale.ROOT)),
                1));
        return List.of(Category.of("ipfs", categories.ipfs), Category.of("database", categories.database),
                Category.of("validation", categories.validation), Category.of("system", categories.system),
                Category.of("connection", categories.connection));
    }

    private void add(SyncSession session) {
        session.enriched().failed().forEach((code, count) -> add(ipfs, code, count));
        session.scan().refused().forEach((code, count) -> add(validation, code, count));
        session.enriched().deadLetters().forEach(this::addDeadLetters);
        session.written().deadLetters().forEach(this::addDeadLetters);
        if (session.written().flawed() > 0) {
            add(validation, "written with marks", session.written().flawed());
        }
        for (ScanProblem problem : session.problems()) {
            add(database, "node database: " + problem.kind(), 1);
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
        causes.merge(cause, count, Long::sum);
    }
}
