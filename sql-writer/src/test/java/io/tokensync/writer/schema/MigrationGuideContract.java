package io.tokensync.writer.schema;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.session.EnrichCounts;
import io.tokensync.common.session.InFlightCounts;
import io.tokensync.common.session.ScanCounts;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.StageSpan;
import io.tokensync.common.session.SyncSession;
import io.tokensync.common.session.WriteCounts;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.Table;
import io.tokensync.writer.session.SessionBatch;
import io.tokensync.writer.session.Summaries;

import static org.assertj.core.api.Assertions.assertThat;

/** Every query of the migration guide, as it stands there, with the answers that an auditor expects. */
abstract class MigrationGuideContract {
    private static final Path GUIDE = Path.of("..", "docs", "migrate-from-python.md");
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final String FIRST = "00000000-0000-0000-0000-000000000001";
    private static final String SECOND = "00000000-0000-0000-0000-000000000002";
    private static final String THIRD = "00000000-0000-0000-0000-000000000003";
    private static final Map<String, List<String>> EXPECTED = Map.ofEntries(
            Map.entry("Rows and tokens", List.of("6|5")),
            Map.entry("Duplicates", List.of()),
            Map.entry("Nodes", List.of("203.0.113.7|n1|3|2026-01-01 00:00:00|2026-01-03 00:00:00",
                    "203.0.113.7|n2|2|2026-01-04 00:00:00|2026-01-05 00:00:00",
                    "203.0.113.8|n1|1|2026-01-06 00:00:00|2026-01-06 00:00:00")),
            Map.entry("Statuses", List.of("null|1", "0|3", "16|1", "4|1")),
            Map.entry("A token", List.of("203.0.113.7|n1|did1|4|1", "203.0.113.7|n2|did2|0|1")),
            Map.entry("Tokens on several nodes", List.of("Qm1|2")),
            Map.entry("Content", List.of("0|3", "1|3")),
            Map.entry("Failures of IPFS", List.of("null|1", "not_found: nobody has it|1", "timeout: after 5 s|1")),
            Map.entry("Locks", List.of("0")),
            Map.entry("Validation errors", List.of("n2|Qm4|[\"did_malformed\"]")),
            Map.entry("Sessions", List.of(THIRD + "|RUNNING|3|0|0", SECOND + "|COMPLETED_WITH_ERRORS|3|2|10",
                    FIRST + "|COMPLETED|3|2|16")),
            Map.entry("Sessions that did not end", List.of(THIRD + "|RUNNING")),
            Map.entry("Success of IPFS", List.of(FIRST + "|6.25", SECOND + "|70.00", THIRD + "|null")),
            Map.entry("Success of SQL", List.of(FIRST + "|100.00", SECOND + "|90.00", THIRD + "|null")),
            Map.entry("Speed", List.of(FIRST + "|2", SECOND + "|1")),
            Map.entry("Databases", List.of("203.0.113.7|node1|/srv/node1/Rubix/rubix.db|50|5|1",
                    "203.0.113.7|node2|/srv/node2/Rubix/rubix.db|50|5|1")));

    private Database database;

    abstract SqlSettings settings();

    @BeforeEach
    void fill() throws Exception {
        database = Database.open(settings(), 1);
        new Schema(database).migrate();
        token("203.0.113.7", "n1", "Qm1", "'4', 1, NULL, NULL, 0", 1);
        token("203.0.113.7", "n1", "Qm2", "'0', 1, NULL, NULL, 0", 2);
        token("203.0.113.7", "n1", "Qm3", "'0', 0, 'not_found: nobody has it', NULL, 0", 3);
        token("203.0.113.7", "n2", "Qm1", "'0', 1, NULL, NULL, 0", 4);
        token("203.0.113.7", "n2", "Qm4", "'16', 0, 'timeout: after 5 s', '[\"did_malformed\"]', 0", 5);
        token("203.0.113.8", "n1", "qm1", "NULL, 0, NULL, NULL, 0", 6);
        token("203.0.113.8", "n1", "Qm9", "'0', 1, NULL, NULL, 7", 7);
        database.summaryWriter().write(SessionBatch.of(List.of(
                // as in the field: 16 of 3,900 rows had changed, and the content of one of them was found
                session(FIRST, 1, SessionStatus.COMPLETED, new ScanCounts(3_900, 3_884, 16, 0, 0, Map.of(), 0), 1, 15,
                        0),
                session(SECOND, 2, SessionStatus.COMPLETED_WITH_ERRORS,
                        new ScanCounts(110, 100, 8, 0, 0, Map.of("missing_token_id", 2L), 0), 7, 1, 1),
                session(THIRD, 3, SessionStatus.RUNNING, ScanCounts.NONE, 0, 0, 0),
                Summaries.database(1, 1, 5), Summaries.database(1, 2, 5))));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void everyQueryOfTheGuideIsAnsweredTruly() throws Exception {
        Map<String, String> queries = GuideQueries.of(GUIDE);
        assertThat(queries.keySet()).containsExactlyInAnyOrderElementsOf(EXPECTED.keySet());
        for (Map.Entry<String, String> query : queries.entrySet()) {
            assertThat(GuideQueries.rows(database.dataSource(), query.getValue())).as(query.getKey())
                    .containsExactlyElementsOf(EXPECTED.get(query.getKey()));
        }
    }

    private void token(String machine, String node, String token, String values, int day) throws SQLException {
        new Table(database.dataSource())
                .run("INSERT INTO dbo.TokenRecords (source_ip, node_name, token_id, did, db_path,"
                        + " db_last_modified, synced_at, token_status, ipfs_fetched, ipfs_error, validation_errors, deleted_version)"
                        + " VALUES ('" + machine + "', '" + node + "', '" + token + "', 'did" + node.charAt(1)
                        + "', '/srv/" + node
                        + "', '2026-01-01T00:00:00', '2026-01-0" + day + "T00:00:00', " + values + ")");
    }

    /** Of 8 seconds each. */
    private static SyncSession session(String id, int minute, SessionStatus status, ScanCounts scan, long fetched,
            long failed, long rejectedBySql) {
        Instant start = START.plusSeconds(60L * minute);
        Instant end = status == SessionStatus.RUNNING ? null : start.plusSeconds(8);
        return new SyncSession(id, "203.0.113.7", 1, status, start, end, start, end,
                new SyncSession.Databases(3, end == null ? 0 : 2, 1, 0, 2), scan,
                new EnrichCounts(fetched, Map.of("not_found", failed), 0, Map.of(), 0),
                new WriteCounts(scan.published() - rejectedBySql, 0, 0, 0, 0, Map.of("sql_rejected", rejectedBySql), 0,
                        0),
                StageSpan.NONE, StageSpan.NONE, StageSpan.NONE, InFlightCounts.NOTHING, List.of(), true);
    }
}
