package io.tokensync.scanner.deletion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.scanner.config.DeletionLimits;
import io.tokensync.scanner.fixture.Schema;
import io.tokensync.scanner.fixture.TestAgent;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.report.ScanReport;
import io.tokensync.testkit.property.Gen;
import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rows change their places, between and under scan cycles that are killed at random points, while others are deleted. A row
 * that was there all the time is never published as deleted, not even for a moment.
 */
class MovedRowsPropertyTest {
    /** Ids from 0 that are there all the time; ids behind them come and go. */
    private static final int STAYING = 30;
    private static final int ALL = 45;
    private static final int ROUNDS = 6;
    private static final String BEHIND_ALL = "max(rowid) + 1";
    private static final String BEFORE_ALL = "min(rowid) - 1";

    @TempDir
    Path directory;
    private final AtomicInteger cases = new AtomicInteger();

    @Test
    void aRowThatIsThereAllTheTimeIsNeverPublishedAsDeleted() {
        Property.forAll(20, this::moveAndCompare);
    }

    private void moveAndCompare(Gen gen) throws IOException, SQLException {
        Path home = Files.createDirectory(directory.resolve("case" + cases.incrementAndGet()));
        Path root = Files.createDirectory(home.resolve("nodes"));
        try (TestNode node = TestNode.create(root, "n", Schema.G2, gen.oneOf("delete", "wal"));
                TestAgent agent = new TestAgent(root, home.resolve("state"))) {
            agent.restart(config -> config.deletes = new DeletionLimits(1, Duration.ZERO, Set.of()));
            node.script("PRAGMA busy_timeout = 10000",
                    "CREATE TABLE NFTTokensTable (token_id text PRIMARY KEY, did text, token_status integer)");
            node.tokens(0, STAYING);
            agent.topic.rejectForSize(_ -> {
                if (gen.percent(10)) {
                    edit(gen, node);
                }
                return false;
            });
            for (int round = 0; round < ROUNDS; round++) {
                gen.list(40, g -> g).forEach(g -> edit(g, node));
                agent.endangerNextCycle(gen);
                agent.survives(agent::cycle);
            }
            agent.topic.rejectForSize(_ -> false);
            ScanReport last = agent.cycle();
            assertThat(last.databases().failed()).as("%s", last.problems()).isZero();
            assertThat(agent.topic.deleted()).doesNotContainAnyElementsOf(
                    IntStream.range(0, STAYING).mapToObj(TestNode::id).toList());
            Map<String, String> published = new HashMap<>();
            agent.topic.table().forEach((key, row) -> published.put(key.tokenId(), row.tokenStatus()));
            assertThat(published).isEqualTo(stored(node));
        }
    }

    private static void edit(Gen gen, TestNode node) {
        String table = gen.percent(70) ? "TokensTable" : "NFTTokensTable";
        String id = TestNode.id(gen.integer(0, STAYING - 1));
        switch (gen.integer(0, 6)) {
            case 0 -> node.execute("UPDATE " + table + " SET rowid = (SELECT " + gen.oneOf(BEHIND_ALL, BEFORE_ALL)
                    + " FROM " + table + ") WHERE token_id = ?", id);
            case 1 -> swap(node, table, id, TestNode.id(gen.integer(0, STAYING - 1)));
            case 2 -> node.execute("INSERT OR REPLACE INTO " + table + " (token_id, did, token_status)"
                    + " SELECT token_id, did, ? FROM " + table + " WHERE token_id = ?", gen.integer(0, 20), id);
            case 3 -> move(node, table, table.equals("TokensTable") ? "NFTTokensTable" : "TokensTable", id);
            case 4 -> node.execute("UPDATE " + table + " SET token_status = ? WHERE token_id = ?", gen.integer(0, 20),
                    id);
            case 5 -> node.execute("INSERT OR REPLACE INTO TokensTable (token_id, did, token_status) VALUES (?, ?, 0)",
                    TestNode.id(gen.integer(STAYING, ALL)), TestNode.DID);
            default -> node.delete(gen.integer(STAYING, ALL));
        }
    }

    private static void swap(TestNode node, String table, String one, String other) {
        node.execute("BEGIN IMMEDIATE");
        node.execute("CREATE TEMP TABLE swapped AS SELECT token_id, rowid AS place FROM " + table
                + " WHERE token_id IN (?, ?)", one, other);
        node.execute("UPDATE " + table + " SET rowid = (SELECT " + BEHIND_ALL + " FROM " + table
                + ") WHERE token_id = ? AND (SELECT count(*) FROM swapped) = 2", one);
        for (String id : new String[]{other, one}) {
            node.execute("UPDATE " + table + " SET rowid = (SELECT place FROM swapped WHERE token_id <> ?)"
                    + " WHERE token_id = ? AND (SELECT count(*) FROM swapped) = 2", id, id);
        }
        node.execute("DROP TABLE swapped").execute("COMMIT");
    }

    private static void move(TestNode node, String from, String to, String id) {
        node.execute("BEGIN IMMEDIATE");
        node.execute("INSERT INTO " + to + " (token_id, did, token_status) SELECT token_id, did, token_status FROM "
                + from + " WHERE token_id = ?", id);
        node.execute("DELETE FROM " + from + " WHERE token_id = ?", id).execute("COMMIT");
    }

    private static Map<String, String> stored(TestNode node) throws SQLException {
        Map<String, String> stored = new HashMap<>();
        try (Statement statement = node.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT token_id, token_status FROM TokensTable"
                        + " UNION ALL SELECT token_id, token_status FROM NFTTokensTable")) {
            while (rows.next()) {
                stored.put(rows.getString(1), rows.getString(2));
            }
        }
        return stored;
    }
}
