package io.tokensync.monitor.table.jdbc;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.common.jdbc.SqlConnections;
import io.tokensync.monitor.table.Place;
import io.tokensync.monitor.table.Presence;
import io.tokensync.monitor.table.Search;
import io.tokensync.monitor.table.Search.NodeName;
import io.tokensync.monitor.table.Search.Range;
import io.tokensync.monitor.table.Search.What;
import io.tokensync.monitor.table.Validity;

import static org.assertj.core.api.Assertions.assertThat;

/** Every statement of the page seeks in an index: by its plan in SQLite, and by the scripts of SQL Server. */
class SearchPlanTest {
    private static final Pattern INDEX = Pattern.compile(
            "CREATE (?:UNIQUE )?(?:NONCLUSTERED )?INDEX (\\w+) ON dbo\\.TokenRecords \\(([\\w, ]+)\\)[^;]*?(?:WHERE ([^;]+))?;");

    @TempDir
    private Path directory;
    private final List<String> asked = new ArrayList<>();

    /** Shows the plan of each statement before it is run. */
    private final class Explaining implements Reader {
        private final Connection connection;

        private Explaining(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Dialect dialect() {
            return Dialect.SQLITE;
        }

        @Override
        public List<Map<String, Object>> rows(String sql, List<Object> values) throws SQLException {
            asked.add(sql);
            assertPlan(sql, run("EXPLAIN QUERY PLAN " + sql, values).stream().map(row -> (String) row.get("detail"))
                    .toList());
            return run(sql, values);
        }

        private List<Map<String, Object>> run(String sql, List<Object> values) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(dialect().translated(sql))) {
                for (int i = 0; i < values.size(); i++) {
                    statement.setObject(i + 1, values.get(i));
                }
                try (ResultSet found = statement.executeQuery()) {
                    return RowValues.all(found);
                }
            }
        }
    }

    private static void assertPlan(String sql, List<String> plan) {
        assertThat(plan).as(sql).isNotEmpty().anyMatch(step -> step.startsWith("SEARCH "))
                .noneMatch(step -> step.startsWith("SCAN ") && !step.equals("SCAN k"))
                .allMatch(step -> !step.startsWith("SEARCH ") || step.contains(" INDEX "));
        if (sql.contains("TokenRecords")) {
            assertThat(plan).as(sql).noneMatch(step -> step.contains("TEMP B-TREE"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everySearchSeeks(AccessPath path) throws Exception {
        try (SampleTable sample = SampleTable.in(directory);
                Connection connection = SqlConnections.openToRead(sample.settings())) {
            for (int i = 0; i < 20; i++) {
                sample.row(Map.of("token_id", "Qm%02d".formatted(i), "status_name", i % 2 == 0 ? "free" : "burnt",
                        "ipfs_fetched", 0, "validation_errors", "[]", "parent_token_id", "p"));
            }
            Reader reader = new Explaining(connection);
            if (path == AccessPath.PARENT) {
                assertThat(new TokenQueries(reader, false).view("p").orElseThrow().parts()).hasSize(20);
                assertThat(asked).anyMatch(sql -> sql.contains(path.index()));
                return;
            }
            for (Search search : searches(path)) {
                Place next = new TokenSearch(reader, search, 5).page(Place.START, 3).next().orElse(Place.START);
                var _ = new TokenSearch(reader, search, 5).page(next, 3);
            }
            assertThat(asked).isNotEmpty().allMatch(sql -> sql.contains(path.index()));
        }
    }

    @Test
    void thePagesOfTokensOwnersAndNodesSeek() throws Exception {
        try (SampleTable sample = SampleTable.in(directory);
                Connection connection = SqlConnections.openToRead(sample.settings())) {
            sample.row(Map.of("token_id", "t", "parent_token_id", "p"));
            Reader reader = new Explaining(connection);
            assertThat(new TokenQueries(reader, true).view("t")).isPresent();
            assertThat(new HoldingsQueries(reader, 10).of("did:1").counted()).isEqualTo(1);
            assertThat(new HoldingsQueries(reader, 10).of(new NodeName("10.0.0.1", "n1")).counted()).isEqualTo(1);
            var _ = new OwnerHistory(reader).of("did:1");
            assertThat(asked).hasSizeGreaterThanOrEqualTo(6);
        }
    }

    /** The columns that a range gives a value lead an index there, and what it is filtered by is said with the same literals. */
    @ParameterizedTest
    @EnumSource
    void sqlServerHasAnIndexWhoseLeadingColumnsAreThoseOfTheCondition(AccessPath path) throws Exception {
        String scripts = script("V001__tables.sql") + script("V004__search.sql");
        var index = INDEX.matcher(scripts.replaceAll("(?m)^\\s*--.*$", "").replaceAll("\\s+", " ")).results()
                .filter(found -> found.group(1).equals(path.index())).findFirst().orElseThrow();
        List<String> columns = List.of(index.group(2).split(", ", -1));
        String first = path.order().split(", ", -1)[0];
        boolean clusteredKeyFollows = first.equals("id") && !path.equal().isEmpty();
        List<String> needed = clusteredKeyFollows
                ? path.equal()
                : Stream.concat(path.equal().stream(), Stream.of(first)).toList();
        assertThat(columns).startsWith(needed.toArray(String[]::new));
        if (clusteredKeyFollows) {
            assertThat(columns).as("id orders the rows of a range").hasSameSizeAs(needed);
        }
        assertThat(path.literal().contains("?") ? "" : path.literal())
                .isEqualTo(Optional.ofNullable(index.group(3)).orElse("").strip());
    }

    private static String script(String name) throws Exception {
        try (var in = SearchPlanTest.class.getResourceAsStream("/db/sqlserver/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The path alone, and with everything else that can be asked beside it. */
    private static List<Search> searches(AccessPath path) {
        return Arrays.stream(new boolean[][]{{false}, {true}}).map(more -> search(path, more[0])).toList();
    }

    private static Search search(AccessPath path, boolean more) {
        Optional<String> prefix = path == AccessPath.PREFIX ? Optional.of("Qm") : Optional.empty();
        Optional<String> did = path == AccessPath.DID ? Optional.of("did:1") : Optional.empty();
        Validity validity = path == AccessPath.INVALID
                ? Validity.ERRORS
                : path == AccessPath.WITHOUT_CONTENT ? Validity.WITHOUT_CONTENT : Validity.ANY;
        Search alone = new Search(path == AccessPath.TOKEN ? List.of("Qm03") : List.of(), prefix, did,
                path == AccessPath.NODE ? List.of(new NodeName("10.0.0.1", "n1")) : List.of(),
                path == AccessPath.KIND_STATUS
                        ? new What(Optional.of("whole"), Optional.empty())
                        : Search.EVERYTHING.what(),
                Search.EVERYTHING.value(), validity, Presence.LISTED, false);
        return !more
                ? alone
                : new Search(alone.tokens(), alone.prefix(), alone.did(), alone.nodes(),
                        path == AccessPath.KIND_STATUS
                                ? alone.what()
                                : new What(Optional.of("whole"), Optional.of("free")),
                        new Range(Optional.of(BigDecimal.ONE), Optional.of(BigDecimal.TEN)),
                        alone.validity(), Presence.LISTED, true);
    }
}
