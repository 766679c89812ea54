package io.tokensync.monitor.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.tokensync.common.session.EnrichCounts;
import io.tokensync.common.session.InFlightCounts;
import io.tokensync.common.session.ProcessedDatabase;
import io.tokensync.common.session.ScanCounts;
import io.tokensync.common.session.ScanProblem;
import io.tokensync.common.session.SyncSession;
import io.tokensync.common.session.WriteCounts;
import io.tokensync.monitor.deadletter.DeadLetterView;

/** The table of sessions, and one session with its databases. */
final class SessionTable {
    private SessionTable() {}

    /**
     * The balance of a session or database: <em>published = written + dead-lettered + in flight</em>.
     *
     * @param read rows read from nodes
     * @param unchanged of these, as they were published before
     * @param rejected of these, dead-lettered by the scanner
     * @param published records that the broker has acknowledged
     * @param written records whose state the table has
     * @param inserted of these, new rows
     * @param updated of these, changed rows
     * @param deadLettered records dead-lettered by enricher and writer
     * @param withContent rows with verified content
     * @param withoutContent rows that should have some and have none
     * @param flawed rows written with something in {@code validation_errors}
     * @param inFlight what is not accounted for yet
     */
    record Balance(long read, long unchanged, long rejected, long published, long written, long inserted, long updated,
            long deadLettered, long withContent, long withoutContent, long flawed, InFlightCounts inFlight) {
        static Balance of(ScanCounts scan, EnrichCounts enriched, WriteCounts written, InFlightCounts inFlight) {
            return new Balance(scan.read(), scan.unchanged(), scan.rejectedNow(), scan.published(), written.written(),
                    written.inserted(), written.updated(), enriched.deadLettered() + written.deadLettered(),
                    enriched.fetched(), enriched.withoutContent(), written.flawed(), inFlight);
        }
    }

    /** One line. */
    record Row(String sessionId, String sourceIp, String status, Instant startedAt, Instant scannedAt,
            Instant accountedAt, Instant movedAt, Long seconds, SyncSession.Databases databases, Balance balance,
            int problems) {}

    /** One database of a session. */
    record DatabaseRow(String nodeName, String dbPath, String status, Balance balance, String problem) {}

    /**
     * Why rows of a session are not in the table, or not whole.
     *
     * @param rejected by the scanner, by code of the reason
     * @param withoutContent went on without, by code of the reason
     * @param deadLettered by enricher and writer, by code of the reason
     */
    record Causes(Map<String, Long> rejected, Map<String, Long> withoutContent, Map<String, Long> deadLettered) {
        private static Causes of(SyncSession session) {
            Map<String, Long> deadLettered = new TreeMap<>(session.enriched().deadLetters());
            session.written().deadLetters().forEach((code, count) -> deadLettered.merge(code, count, Long::sum));
            return new Causes(new TreeMap<>(session.scan().rejected()), new TreeMap<>(session.enriched().failed()),
                    deadLettered);
        }
    }

    /** One session, with some of its dead letters. */
    record Detail(Row session, Slice.Page<DatabaseRow> databases, List<ScanProblem> problems, Causes causes,
            List<DeadLetterView> examples) {}

    static Slice.Page<Row> page(List<SyncSession> sessions, Slice slice) {
        Slice.Page<SyncSession> page = slice.of(fitting(sessions, slice), _ -> true);
        return new Slice.Page<>(page.total(), page.from(), page.rows().stream().map(SessionTable::row).toList());
    }

    /** All that fit. */
    static List<Row> all(List<SyncSession> sessions, Slice slice) {
        return fitting(sessions, slice).stream().map(SessionTable::row).toList();
    }

    private static List<SyncSession> fitting(List<SyncSession> sessions, Slice slice) {
        return sessions.stream().filter(session -> slice.matches(session.sourceIp(), session.sessionId())
                && (slice.status().isEmpty() || session.status().name().equals(slice.status()))).toList();
    }

    static Detail detail(SyncSession session, List<ProcessedDatabase> databases, Slice slice,
            List<DeadLetterView> examples) {
        List<DatabaseRow> rows = databases.stream().map(SessionTable::row).toList();
        return new Detail(row(session), slice.of(rows, row -> slice.matches(row.nodeName(), row.dbPath())),
                session.problems(), Causes.of(session), examples);
    }

    static Row row(SyncSession session) {
        Instant end = session.accountedAt();
        return new Row(session.sessionId(), session.sourceIp(), session.status().name(), session.startedAt(),
                session.scannedAt(), end, session.movedAt(),
                end == null ? null : Duration.between(session.startedAt(), end).toSeconds(), session.databases(),
                Balance.of(session.scan(), session.enriched(), session.written(), session.inFlight()),
                session.problems().size());
    }

    private static DatabaseRow row(ProcessedDatabase database) {
        return new DatabaseRow(database.nodeName(), database.dbPath(), database.status().name(),
                Balance.of(database.scan(), database.enriched(), database.written(), database.inFlight()),
                database.problem() == null ? null : database.problem().reason());
    }
}
