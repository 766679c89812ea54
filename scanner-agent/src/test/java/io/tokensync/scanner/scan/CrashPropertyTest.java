package io.tokensync.scanner.scan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.scanner.config.DeletionLimits;
import io.tokensync.scanner.fixture.Receipts;
import io.tokensync.scanner.fixture.Schema;
import io.tokensync.scanner.fixture.TestAgent;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.fixture.Topic;
import io.tokensync.scanner.identity.IdentityException;
import io.tokensync.scanner.report.ScanReport;
import io.tokensync.scanner.state.StateUnavailableException;
import io.tokensync.scanner.state.sqlite.StateDirectory;
import io.tokensync.testkit.property.Gen;
import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random edits between scan cycles and under them, which are killed at random points; records of one status are too large. The
 * records, merged, must equal the database.
 */
class CrashPropertyTest {
    private static final int TOKENS = 40;
    /** Of which the state makes more than one chunk. */
    private static final int MANY = 200;
    private static final int ROUNDS = 6;
    private static final int TOO_LARGE = 20;

    @TempDir
    Path directory;
    private final AtomicInteger cases = new AtomicInteger();

    @Test
    void theSupersededRecordsEqualTheDatabaseWhateverIsKilledWhen() {
        Property.forAll(50, this::killAndCompare);
    }

    private void killAndCompare(Gen gen) throws Exception {
        Path home = Files.createDirectory(directory.resolve("case" + cases.incrementAndGet()));
        Path root = Files.createDirectory(home.resolve("nodes"));
        String journal = gen.oneOf("delete", "wal");
        try (TestNode node = TestNode.create(root, "n", Schema.G2, journal);
                TestAgent agent = new TestAgent(root, home.resolve("state"))) {
            agent.restart(config -> config.deletes = new DeletionLimits(0.5, Duration.ofMinutes(2), Set.of()));
            node.script("PRAGMA busy_timeout = 10000",
                    "CREATE TABLE NFTTokensTable (token_id text PRIMARY KEY, did text, token_status integer)");
            if (gen.percent(20)) {
                node.tokens(TOKENS, MANY);
            }
            boolean lost = false;
            agent.topic.rejectForSize(record -> isTooLarge(record, gen, node));
            for (int round = 0; round < ROUNDS; round++) {
                gen.list(30, g -> g).forEach(g -> edit(g, node));
                agent.endangerNextCycle(gen);
                agent.survives(() -> cycle(agent));
                if (gen.percent(10)) {
                    damage(agent, home, gen);
                    lost = true;
                }
            }
            agent.topic.rejectForSize(CrashPropertyTest::isTooLarge);
            drain(agent);
            Map<String, String> published = statuses(agent.topic);
            Map<String, String> stored = statuses(node);
            stored.values().removeIf(("whole" + TOO_LARGE)::equals);
            stored.values().removeIf(("nft" + TOO_LARGE)::equals);
            if (lost) {
                // Who has forgotten a row cannot tell that it is gone.
                published.keySet().retainAll(stored.keySet());
            }
            assertThat(published).isEqualTo(stored);
            assertThat(agent.topic.records()).extracting(TokenRecord::recordVersion).doesNotHaveDuplicates();
            Receipts.assertTrue(agent.topic);
            int before = agent.topic.records().size();
            agent.cycle();
            assertThat(agent.topic.records()).hasSize(before);
        }
    }

    private static void edit(Gen gen, TestNode node) {
        int token = gen.integer(0, TOKENS);
        String table = gen.percent(80) ? "TokensTable" : "NFTTokensTable";
        if (gen.percent(2)) {
            node.script("UPDATE OR REPLACE " + table + " SET rowid = 1000000 - rowid");
        } else if (gen.percent(5)) {
            node.execute("UPDATE OR REPLACE " + table + " SET rowid = ? WHERE token_id = ?", gen.integer(-5, TOKENS),
                    TestNode.id(token));
        } else if (gen.percent(20)) {
            node.execute("UPDATE " + table + " SET token_status = ? WHERE token_id = ?", gen.integer(0, 20),
                    TestNode.id(token));
        } else if (gen.percent(75)) {
            node.execute("INSERT OR REPLACE INTO " + table + " (token_id, did, token_status) VALUES (?, ?, ?)",
                    TestNode.id(token), TestNode.DID, gen.integer(0, 20));
        } else if (gen.percent(90)) {
            node.execute("DELETE FROM " + table + " WHERE token_id = ?", TestNode.id(token));
        } else {
            node.execute("INSERT INTO " + table + " (token_id, did) VALUES (NULL, 'x')");
        }
    }

    /** Whether the broker rejects the record; now and then the node writes meanwhile. */
    private static boolean isTooLarge(TokenRecord record, Gen gen, TestNode node) {
        if (gen.percent(8)) {
            edit(gen, node);
        }
        return isTooLarge(record);
    }

    private static boolean isTooLarge(TokenRecord record) {
        return record.change() instanceof Change.Upsert(var row)
                && Integer.toString(TOO_LARGE).equals(row.tokenStatus());
    }

    /** What the agent waits with, because the damage looks like somebody's will, is for the operator: who starts over. */
    private static ScanReport cycle(TestAgent agent) {
        try {
            return agent.passThroughDamage();
        } catch (IdentityException | StateUnavailableException _) {
            agent.forgetEverything();
            return agent.passThroughDamage();
        }
    }

    /** Damages the state, as a broken disk would; the clock is then ahead of all versions, as the law asks. */
    private static void damage(TestAgent agent, Path home, Gen gen) throws IOException, SQLException {
        agent.restart();
        Path state = home.resolve("state").resolve(StateDirectory.FILE);
        if (gen.percent(50)) {
            damageRows(state, gen);
            return;
        }
        agent.clock.advance(Duration.ofDays(10));
        byte[] bytes = Files.readAllBytes(state);
        Files.write(state, switch (gen.integer(0, 2)) {
            case 0 -> gen.text("damaged", 50).getBytes(StandardCharsets.UTF_8);
            case 1 -> Arrays.copyOf(bytes, gen.integer(0, bytes.length - 1));
            default -> flipped(bytes, gen);
        });
    }

    /** Damages what the state remembers of rows, and not the file around it. */
    private static void damageRows(Path state, Gen gen) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + state);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE chunk SET checksum = checksum + 1 WHERE id % 3 = " + gen.integer(0, 2));
            statement.executeUpdate("UPDATE intent SET data = x'01' WHERE id % 3 = " + gen.integer(0, 2));
        }
    }

    private static byte[] flipped(byte[] bytes, Gen gen) {
        for (int flips = gen.integer(1, 40); flips > 0; flips--) {
            bytes[gen.integer(0, bytes.length - 1)] ^= (byte) (1 << gen.integer(0, 7));
        }
        return bytes;
    }

    /** Passes until nothing is deferred any more. */
    private static void drain(TestAgent agent) {
        ScanReport report = null;
        for (int cycle = 0; report == null
                || ((report.rows().held() > 0 || report.repaired()) && cycle < 10); cycle++) {
            report = cycle(agent);
            agent.clock.advance(Duration.ofMinutes(1));
        }
        assertThat(report.databases().failed()).as("%s", report.problems()).isZero();
    }

    private static Map<String, String> statuses(Topic topic) {
        Map<String, String> statuses = new HashMap<>();
        topic.table().forEach((key, row) -> statuses.put(key.tokenId(), row.tokenKind().code() + row.tokenStatus()));
        return statuses;
    }

    private static Map<String, String> statuses(TestNode node) throws SQLException {
        Map<String, String> statuses = new HashMap<>();
        read(node, "NFTTokensTable", "nft", statuses);
        read(node, "TokensTable", "whole", statuses);
        return statuses;
    }

    private static void read(TestNode node, String table, String kind, Map<String, String> into) throws SQLException {
        try (Statement statement = node.connection().createStatement();
                ResultSet rows = statement
                        .executeQuery("SELECT token_id, token_status FROM " + table + " WHERE token_id IS NOT NULL")) {
            while (rows.next()) {
                into.put(rows.getString(1), kind + rows.getString(2));
            }
        }
    }
}
