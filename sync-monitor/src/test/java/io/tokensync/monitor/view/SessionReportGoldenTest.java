package io.tokensync.monitor.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.tokensync.common.serde.RecordJson;
import io.tokensync.common.session.EnrichCounts;
import io.tokensync.common.session.InFlightCounts;
import io.tokensync.common.session.ProcessedDatabase;
import io.tokensync.common.session.ScanCounts;
import io.tokensync.common.session.ScanProblem;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.StageSpan;
import io.tokensync.common.session.SyncSession;
import io.tokensync.common.session.WriteCounts;
import io.tokensync.testkit.golden.Golden;

/** What {@code tokensync report} prints: every field under its name, in its order, with a value that no other has. */
class SessionReportGoldenTest {
    private static final String SESSION = "5c4f7a2e-0000-4000-8000-000000000001";
    private static final String MACHINE = "10.0.0.1";
    private static final String PATH = "/nodes/node1/Rubix/rubix.db";
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final ScanProblem PROBLEM = new ScanProblem("database_corrupt", PATH, "malformed");
    private static final ScanCounts SCAN = new ScanCounts(1_000, 300, 590, 7, 0, Map.of("token_id_missing", 11L), 2);
    private static final EnrichCounts ENRICHED = new EnrichCounts(501, Map.of("not_found", 41L, "timeout", 9L), 13,
            Map.of("record_rejected", 3L), 17);
    private static final WriteCounts WRITTEN = new WriteCounts(401, 103, 19, 23, 29, Map.of("sql_rejected", 5L), 31,
            37);

    @Test
    void ofASessionThatIsComplete() {
        SyncSession session = new SyncSession(SESSION, MACHINE, 7, SessionStatus.COMPLETED_WITH_ERRORS, AT,
                AT.plusSeconds(1), AT.plusSeconds(6), AT.plusSeconds(8), new SyncSession.Databases(5, 2, 1, 3, 2),
                SCAN, ENRICHED, WRITTEN, new StageSpan(AT, AT.plusSeconds(2)), new StageSpan(AT, AT.plusSeconds(4)),
                new StageSpan(AT, AT.plusSeconds(5)), InFlightCounts.NOTHING, List.of(PROBLEM), true);
        ProcessedDatabase database = new ProcessedDatabase(SESSION, MACHINE, "node1", PATH, 7,
                SessionStatus.COMPLETED_WITH_ERRORS, AT, AT.plusSeconds(1), AT.minusSeconds(1), AT.plusSeconds(6),
                AT.plusSeconds(8), SCAN, ENRICHED, WRITTEN, InFlightCounts.NOTHING, PROBLEM, true);
        check("complete", SessionReport.of(session, List.of(database)));
    }

    @Test
    void ofASessionThatHasJustBegun() {
        check("begun", SessionReport.of(new SyncSession(SESSION, MACHINE, 1, SessionStatus.RUNNING, AT, null, AT, null,
                SyncSession.Databases.NONE, ScanCounts.NONE, EnrichCounts.NONE, WriteCounts.NONE, StageSpan.NONE,
                StageSpan.NONE, StageSpan.NONE, new InFlightCounts(1, 2, AT), List.of(), true), List.of()));
    }

    private static void check(String name, SessionReport report) {
        Golden.files().check("report/" + name + ".json", RecordJson.pretty(report));
    }
}
