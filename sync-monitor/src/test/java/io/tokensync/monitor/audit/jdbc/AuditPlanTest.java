package io.tokensync.monitor.audit.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.common.jdbc.SqlConnections;
import io.tokensync.monitor.audit.FindingKind;
import io.tokensync.monitor.table.jdbc.SampleTable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is joined to the rows of a question in SQLite is a seek to few rows: by its plan. One that goes through the rows of
 * an owner, a status or a node for each of them takes minutes on a table of 200,000 rows, and days on one of millions.
 */
class AuditPlanTest {
    private static final Pattern LOOP = Pattern.compile("(SCAN|SEARCH) (.+)");
    /** Seeks by an owner, by a kind and status, or by a node and nothing more: each to thousands of rows. */
    private static final Pattern COARSE = Pattern.compile("SCAN .+"
            + "|SEARCH .+ INDEX \\w+_(?:did|kind_status) .+"
            + "|SEARCH .+ INDEX UX_\\w+ \\(source_ip=\\?(?: AND node_name=\\?)?\\).*");

    @TempDir
    private Path directory;
    private SampleTable table;
    private Connection connection;

    @BeforeEach
    void open() throws Exception {
        table = SampleTable.in(directory);
        connection = SqlConnections.openToRead(table.settings());
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
        table.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyQuestionOfTheAuditSeeks(FindingKind kind) throws Exception {
        for (boolean history : new boolean[]{true, false}) {
            AuditStatement.of(kind, Dialect.SQLITE, history).ifPresent(statement -> assertSeeks(statement.count()));
        }
    }

    @Test
    void everyViewSeeks() throws Exception {
        List<String> views = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT name FROM dbo.sqlite_schema WHERE type = 'view'")) {
            while (found.next()) {
                views.add(found.getString(1));
            }
        }
        assertThat(views).contains("vw_TokenHolders");
        views.forEach(view -> assertSeeks("SELECT * FROM dbo." + view));
    }

    /** Seen to fail: without statistics SQLite takes the index on did for this join. */
    @Test
    void theRuleTellsAJoinThatGoesThroughTheRowsOfAnOwner() {
        assertThat(coarseJoins("SELECT 1 FROM dbo.TokenRecords AS a "
                + "INNER JOIN dbo.TokenRecords AS b INDEXED BY IX_TokenRecords_did ON b.did = a.did")).hasSize(1);
        assertThat(coarseJoins("SELECT 1 FROM dbo.TokenRecords AS a CROSS JOIN dbo.TokenRecords AS b")).hasSize(1);
        assertThat(coarseJoins("SELECT 1 FROM dbo.TokenRecords AS a "
                + "CROSS JOIN dbo.TokenRecords AS b ON b.source_ip = a.source_ip AND b.node_name = a.node_name"))
                .hasSize(1);
    }

    private void assertSeeks(String sql) {
        assertThat(coarseJoins(sql)).as(sql).isEmpty();
    }

    /** Loops inside of another loop of the same SELECT that go through many rows for each of its rows. */
    private List<String> coarseJoins(String sql) {
        List<String> coarse = new ArrayList<>();
        Map<Integer, Integer> loops = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet plan = statement.executeQuery("EXPLAIN QUERY PLAN " + sql.replace("?", "1"))) {
            while (plan.next()) {
                String step = plan.getString("detail");
                if (LOOP.matcher(step).matches() && loops.merge(plan.getInt("parent"), 1, Integer::sum) > 1
                        && COARSE.matcher(step).matches()) {
                    coarse.add(step);
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
        return coarse;
    }
}
