package io.tokensync.cli.jdbc;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tokensync.cli.audit.jdbc.ReportTables;
import io.tokensync.cli.audit.report.Section;
import io.tokensync.common.jdbc.SqlSettings;

import static org.assertj.core.api.Assertions.assertThat;

/** What the audit report says of the tables, on each database product. */
abstract class ReportTablesContract {
    private static final String SESSION = "INSERT INTO dbo.SyncSessions (session_id, start_time, end_time, source_ip,"
            + " total_records_published, total_sql_inserts, total_sql_updates, total_dead_lettered) VALUES ";

    private SqlSettings settings;
    private AuditedTable table;

    abstract SqlSettings settings();

    @BeforeEach
    void migrate() throws Exception {
        settings = settings();
        table = new AuditedTable(settings);
    }

    @AfterEach
    void close() {
        table.close();
    }

    @Test
    void sessionsHoldingsContentsAndVersionsAreInIt() throws Exception {
        table.run(SESSION
                + "('00000000-0000-0000-0000-000000000001', '2026-01-01 00:00:00', '2026-01-01 00:01:00', '10.0.0.1', 10, 6, 3, 1)");
        table.run(SESSION
                + "('00000000-0000-0000-0000-000000000002', '2026-01-02 00:00:00', NULL, '10.0.0.1', 5, 3, 0, 0)");
        table.read(row("a", "free"), row("b", "free").part("W", "0.25"), row("c", "free").part("W", "0.5"),
                row("d", "free").part("W", "half"), row("e", "burnt"));
        table.remove(row("e", "burnt").day(30));
        List<Section> sections = new ReportTables(settings).ask();
        Section machines = section(sections, "machines");
        assertThat(value(machines, 0, "sessions")).isEqualTo("2");
        assertThat(value(machines, 0, "sessions_open")).isEqualTo("1");
        assertThat(value(machines, 0, "records_published")).isEqualTo("15");
        assertThat(value(machines, 0, "missing")).isEqualTo("2");
        assertThat(section(sections, "holdings").rows()).containsExactly(List.of("part", "free", "3", "0.75", "1"),
                List.of("whole", "free", "1", "1", "0"));
        assertThat(value(section(sections, "nodes"), 0, "rows_deleted")).isEqualTo("1");
        assertThat(value(section(sections, "unverifiable"), 0, "reason")).isEqualTo("not asked");
        assertThat(value(section(sections, "history"), 0, "versions")).isEqualTo("6");
        assertThat(section(sections, "verifications").explanation()).isNotBlank();
        assertThat(section(sections, "schema").rows()).isNotEmpty();
        assertThat(section(sections, "database").rows()).hasSize(1);
    }

    @Test
    void theDigestOfANodeIsOfWhatItsRowsSayInWhateverOrder() throws Exception {
        table.read(row("a", "free"), row("b", "free"), row("c", "free").with("node_name", "other"));
        List<String> before = digests();
        assertThat(before).hasSize(2).doesNotHaveDuplicates().allMatch(digest -> digest.matches("[0-9a-f]{64}"));
        table.run("DELETE FROM dbo.TokenRecords");
        table.run("DELETE FROM dbo.TokenHistory");
        table.read(row("c", "free").with("node_name", "other"), row("b", "free"), row("a", "free"));
        assertThat(digests()).isEqualTo(before);
        table.run("UPDATE dbo.TokenRecords SET did = 'thief' WHERE token_id = 'a'");
        assertThat(digests().get(0)).isNotEqualTo(before.get(0));
        assertThat(digests().get(1)).isEqualTo(before.get(1));
    }

    private List<String> digests() throws Exception {
        Section nodes = section(new ReportTables(settings).ask(), "nodes");
        return nodes.rows().stream().map(List::getLast).toList();
    }

    private static Reading row(String token, String status) {
        return Reading.of(token, "n", status, "A", "T").day(29);
    }

    private static Section section(List<Section> sections, String code) {
        Optional<Section> found = sections.stream().filter(section -> section.code().equals(code)).findFirst();
        return found.orElseThrow();
    }

    private static String value(Section section, int row, String column) {
        return section.rows().get(row).get(section.columns().indexOf(column));
    }
}
