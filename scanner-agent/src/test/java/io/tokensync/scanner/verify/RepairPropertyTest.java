package io.tokensync.scanner.verify;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.verification.BucketSums;
import io.tokensync.common.verification.NodeDigest;
import io.tokensync.common.verification.NodeVerdict;
import io.tokensync.common.verification.Outcome;
import io.tokensync.scanner.config.DeletionLimits;
import io.tokensync.scanner.fixture.Schema;
import io.tokensync.scanner.fixture.TestAgent;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.fixture.TestTable;
import io.tokensync.testkit.property.Gen;
import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A repair only ever says the truth of a later moment. Nodes change between and under scans, people write in the table, answers are
 * late, forged or lost, states are lost and processes killed: each record is nevertheless what the node had, or had not, at a
 * moment of the very scan that published it, and in the end the table is what the node has.
 */
class RepairPropertyTest {
    private static final int TOKENS = 40;
    private static final int ROUNDS = 8;

    @TempDir
    Path directory;
    private final AtomicInteger cases = new AtomicInteger();

    @Test
    void eachRecordIsTrueOfAMomentOfItsScanAndTheTableEndsAsTheNode() {
        Property.forAll(40, gen -> new Run(gen, directory.resolve("case" + cases.incrementAndGet())).run());
    }

    /** One node, its agent and its table. */
    private static final class Run {
        private final Gen gen;
        private final Path home;
        /** What the node had at the moments of this scan. */
        private final List<Map<String, String>> moments = new ArrayList<>();
        private final List<NodeVerdict> late = new ArrayList<>();
        private TestNode node;
        private TestAgent agent;
        private TestTable table;
        private int checked;
        private long highest;

        Run(Gen gen, Path home) {
            this.gen = gen;
            this.home = home;
        }

        void run() throws Exception {
            Path root = Files.createDirectories(home.resolve("nodes"));
            try (TestNode made = TestNode.create(root, "n", Schema.G2, gen.oneOf("delete", "wal"));
                    TestAgent started = new TestAgent(root, home.resolve("state"))) {
                node = made.script("PRAGMA busy_timeout = 10000",
                        "CREATE TABLE NFTTokensTable (token_id text PRIMARY KEY, did text, token_status integer)");
                agent = started;
                table = new TestTable(agent);
                agent.restart(config -> config.deletes = new DeletionLimits(1, Duration.ZERO, Set.of()));
                for (int round = 0; round < ROUNDS; round++) {
                    round();
                }
                rest();
            }
        }

        private void round() {
            gen.list(20, g -> g).forEach(_ -> edit());
            if (gen.percent(40)) {
                table.apply();
                gen.list(5, g -> g).forEach(_ -> writeByHand());
            }
            if (gen.percent(15)) {
                agent.forgetEverything();
                agent.clock.advance(Duration.ofDays(10));
            }
            agent.clock.advance(Duration.ofHours(gen.integer(0, 30)));
            if (gen.percent(30)) {
                agent.endangerNextCycle(gen);
            }
            cycle(true);
            answer();
        }

        /** An honest answer, at once, late or never; or a forged one. */
        private void answer() {
            List<NodeDigest> digests = agent.topic.digests();
            if (digests.isEmpty()) {
                return;
            }
            table.apply();
            List<NodeVerdict> honest = table.compare(digests.getLast());
            switch (gen.integer(0, 4)) {
                case 0 -> late.addAll(honest);
                case 1 -> table.send(forged(digests.getLast()));
                case 2 -> late.forEach(table::send);
                default -> gen.shuffled(honest).forEach(table::send);
            }
        }

        private NodeVerdict forged(NodeDigest digest) {
            List<NodeVerdict.TableRow> rows = gen.list(20, g -> new NodeVerdict.TableRow(TestNode.id(id()),
                    g.number(), g.percent(80) ? g.number(0, digest.watermark()) : Long.MAX_VALUE));
            return new NodeVerdict(digest.sourceIp(), digest.nodeName(), digest.agentId(), digest.watermark(),
                    agent.clock.instant().plusSeconds(1), Outcome.DIFFERS, rows.size(), BucketSums.COARSEST, 0, 1,
                    IntStream.range(0, BucketSums.COARSEST).boxed().filter(_ -> gen.percent(50)).toList(), rows, true);
        }

        private void cycle(boolean busy) {
            moments.clear();
            remember();
            agent.topic.rejectForSize(_ -> {
                meanwhile(busy);
                return false;
            });
            agent.survives(agent::cycle);
            check();
        }

        private void meanwhile(boolean busy) {
            if (busy && gen.percent(5)) {
                edit();
                remember();
            }
        }

        /** What was published since is true of a moment, and newer than all that was published before. */
        private void check() {
            List<TokenRecord> records = agent.topic.records();
            for (; checked < records.size(); checked++) {
                TokenRecord record = records.get(checked);
                String said = record.change() instanceof Change.Upsert(TokenRow row)
                        ? row.tokenKind().code() + row.tokenStatus()
                        : null;
                assertThat(moments).as("%s", record).anySatisfy(
                        moment -> assertThat(moment.get(record.key().tokenId())).isEqualTo(said));
                assertThat(record.recordVersion()).isGreaterThan(highest);
                highest = record.recordVersion();
            }
        }

        /** Nobody does anything any more. */
        private void rest() throws SQLException {
            agent.clock.advance(Duration.ofDays(10));
            for (int cycle = 0; cycle < 12; cycle++) {
                cycle(false);
                table.verify();
                agent.clock.advance(Duration.ofHours(24));
            }
            Map<String, String> rows = new HashMap<>();
            table.rows().forEach(
                    (key, row) -> rows.put(key.tokenId(), row.tokenKind().code() + row.tokenStatus()));
            assertThat(rows).isEqualTo(stored());
            assertThat(table.outcomes).endsWith(Outcome.EQUAL);
        }

        private void remember() {
            try {
                moments.add(stored());
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private Object id() {
            return gen.percent(90) ? (Object) gen.integer(0, TOKENS) : "nobody's " + gen.integer(0, 5);
        }

        private void writeByHand() {
            TokenKey key = new TokenKey("10.0.0.1", "n", TestNode.id(id()));
            List<TokenRow> rows = List.copyOf(table.rows().values());
            if (rows.isEmpty() || gen.percent(40)) {
                table.remove(key);
            } else if (gen.percent(5)) {
                table.truncate();
            } else {
                table.write(key, table.state(key) == null || table.state(key).row() == null
                        ? 1
                        : table.state(key).row().version(), gen.oneOf(rows));
            }
        }

        private void edit() {
            int token = gen.integer(0, TOKENS);
            String name = gen.percent(80) ? "TokensTable" : "NFTTokensTable";
            if (gen.percent(5)) {
                node.execute("UPDATE OR REPLACE " + name + " SET rowid = ? WHERE token_id = ?",
                        gen.integer(-5, TOKENS), TestNode.id(token));
            } else if (gen.percent(70)) {
                node.execute("INSERT OR REPLACE INTO " + name + " (token_id, did, token_status) VALUES (?, ?, ?)",
                        TestNode.id(token), TestNode.DID, gen.integer(0, 20));
            } else {
                node.execute("DELETE FROM " + name + " WHERE token_id = ?", TestNode.id(token));
            }
        }

        private Map<String, String> stored() throws SQLException {
            Map<String, String> statuses = new HashMap<>();
            read("NFTTokensTable", "nft", statuses);
            read("TokensTable", "whole", statuses);
            return statuses;
        }

        private void read(String name, String kind, Map<String, String> into) throws SQLException {
            try (Statement statement = node.connection().createStatement();
                    ResultSet rows = statement.executeQuery("SELECT token_id, token_status FROM " + name)) {
                while (rows.next()) {
                    into.put(rows.getString(1), kind + rows.getString(2));
                }
            }
        }
    }
}
