package io.tokensync.scanner.deletion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.model.TokenKind;
import io.tokensync.scanner.config.DeletionLimits;
import io.tokensync.scanner.fixture.Schema;
import io.tokensync.scanner.fixture.TestAgent;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.report.ScanReport;
import io.tokensync.scanner.state.Confirmations;
import io.tokensync.scanner.state.sqlite.StateView;
import io.tokensync.testkit.property.Gen;
import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random deletions, few and many, in two tables, which the operator confirms now and then, with agents that are killed: what
 * is deleted is exactly what the rule of the safeguard lets pass, and all else stays.
 */
class DeletionSafeguardPropertyTest {
    private static final Map<TokenKind, String> TABLES = Map.of(TokenKind.WHOLE, "TokensTable", TokenKind.NFT,
            "NFTTokensTable");
    private static final int HANDFUL = 10;
    private static final int TOKENS = 70;
    private static final int ROUNDS = 8;

    @TempDir
    Path directory;
    private final AtomicInteger cases = new AtomicInteger();

    @Test
    void whatIsDeletedIsWhatTheSafeguardLetsPassAndNothingElse() {
        Property.forAll(30, gen -> {
            Path home = Files.createDirectory(directory.resolve("case" + cases.incrementAndGet()));
            new Run(gen, home).run();
        });
    }

    /** One case. */
    private static final class Run {
        private final Gen gen;
        private final Path stateDir;
        private final Path root;
        private final double ratio;
        /** What the last scan cycle deferred, by table. */
        private Map<TokenKind, Set<String>> deferred = new EnumMap<>(TokenKind.class);
        /** Whether the state has exactly what is published: the last scan cycle came to its end. */
        private boolean exact = true;

        Run(Gen gen, Path home) throws IOException {
            this.gen = gen;
            this.stateDir = home.resolve("state");
            this.root = Files.createDirectory(home.resolve("nodes"));
            this.ratio = gen.oneOf(0.0, 0.1, 0.5);
        }

        void run() throws SQLException {
            try (TestNode node = TestNode.create(root, "n", Schema.G2, gen.oneOf("delete", "wal"));
                    TestAgent agent = new TestAgent(root, stateDir)) {
                agent.restart(config -> config.deletes = new DeletionLimits(ratio, Duration.ZERO, Set.of()));
                node.script("CREATE TABLE NFTTokensTable (token_id text PRIMARY KEY, did text, token_status integer)");
                TABLES.values().forEach(table -> insert(node, table, 0, TOKENS, 0));
                for (int round = 0; round < ROUNDS; round++) {
                    Map<TokenKind, Set<String>> confirmed = gen.percent(60) ? confirm() : Map.of();
                    if (gen.percent(60)) {
                        gen.list(3, g -> g).forEach(g -> edit(g, node));
                    }
                    cycle(agent, node, confirmed);
                }
            }
        }

        /** The operator looks at what is deferred and believes it. */
        private Map<TokenKind, Set<String>> confirm() {
            if (deferred.isEmpty()) {
                return Map.of();
            }
            Confirmations confirmations = new Confirmations(stateDir);
            try (StateView view = StateView.open(stateDir)) {
                view.status().databases().forEach(status -> view.confirmable(status).ifPresent(confirmations::add));
            }
            return deferred;
        }

        private static void edit(Gen gen, TestNode node) {
            String table = gen.oneOf(List.copyOf(TABLES.values()));
            int from = gen.integer(0, TOKENS);
            int to = gen.integer(from, TOKENS);
            switch (gen.integer(0, 7)) {
                case 0, 1 -> delete(node, table, from, Math.min(from + 3, to));
                case 2, 3 -> delete(node, table, from / 3, TOKENS - from / 3);
                case 4 -> node.script("UPDATE " + table + " SET rowid = 1000 - rowid");
                case 5 -> insert(node, table, from, to, gen.integer(0, 9));
                default -> insert(node, table, from, Math.min(from + 3, to), gen.integer(0, 9));
            }
        }

        private static void delete(TestNode node, String table, int from, int to) {
            for (int i = from; i < to; i++) {
                node.execute("DELETE FROM " + table + " WHERE token_id = ?", TestNode.id(table + i));
            }
        }

        private static void insert(TestNode node, String table, int from, int to, int status) {
            for (int i = from; i < to; i++) {
                node.execute("INSERT OR IGNORE INTO " + table + " (token_id, did, token_status) VALUES (?, ?, ?)",
                        TestNode.id(table + i), TestNode.DID, status);
            }
        }

        private void cycle(TestAgent agent, TestNode node, Map<TokenKind, Set<String>> confirmed) throws SQLException {
            Map<TokenKind, Set<String>> published = published(agent);
            Map<TokenKind, Set<String>> missing = missing(published, node);
            Map<TokenKind, Set<String>> suspect = suspect(missing, published);
            boolean believed = !suspect.isEmpty() && suspect.equals(confirmed);
            int deletedBefore = agent.topic.deleted().size();
            if (gen.percent(25)) {
                agent.endangerNextCycle(gen);
            }
            ScanReport[] report = {null};
            boolean survived = agent.survives(() -> report[0] = agent.cycle());
            List<String> deleted = agent.topic.deleted().subList(deletedBefore, agent.topic.deleted().size());
            Set<String> allowed = union(missing);
            if (exact && !believed) {
                allowed.removeAll(union(suspect));
            }
            if (exact) {
                assertThat(allowed).as("of %s, suspect %s", missing, suspect).containsAll(deleted);
            }
            if (exact && survived) {
                assertThat(deleted).containsExactlyInAnyOrderElementsOf(allowed);
                deferred = believed ? Map.of() : suspect;
                assertThat(report[0].rows().held()).isEqualTo(union(deferred).size());
                assertThat(missing(published(agent), node)).isEqualTo(deferred);
            } else if (survived) {
                // The state may have rows that never came to the topic, and count in the rule.
                deferred = missing(published(agent), node);
                assertThat(report[0].rows().held()).isGreaterThanOrEqualTo(union(deferred).size());
            }
            exact = survived && report[0].rows().held() == union(deferred).size();
        }

        private Map<TokenKind, Set<String>> suspect(Map<TokenKind, Set<String>> missing,
                Map<TokenKind, Set<String>> published) {
            Map<TokenKind, Set<String>> suspect = new EnumMap<>(TokenKind.class);
            missing.forEach((kind, ids) -> {
                if (ids.size() > HANDFUL && ids.size() > ratio * published.get(kind).size()) {
                    suspect.put(kind, ids);
                }
            });
            return suspect;
        }

        private static Map<TokenKind, Set<String>> published(TestAgent agent) {
            Map<TokenKind, Set<String>> published = new EnumMap<>(TokenKind.class);
            agent.topic.table().forEach((key, row) -> published
                    .computeIfAbsent(row.tokenKind(), _ -> new HashSet<>()).add(key.tokenId()));
            return published;
        }

        /** By table, those of the ids that it has no more; without tables that have all of them. */
        private static Map<TokenKind, Set<String>> missing(Map<TokenKind, Set<String>> published, TestNode node)
                throws SQLException {
            Map<TokenKind, Set<String>> missing = new EnumMap<>(TokenKind.class);
            for (TokenKind kind : published.keySet()) {
                Set<String> ids = new HashSet<>(published.get(kind));
                try (Statement statement = node.connection().createStatement();
                        ResultSet rows = statement.executeQuery("SELECT token_id FROM " + TABLES.get(kind))) {
                    while (rows.next()) {
                        ids.remove(rows.getString(1));
                    }
                }
                if (!ids.isEmpty()) {
                    missing.put(kind, ids);
                }
            }
            return missing;
        }

        private static Set<String> union(Map<TokenKind, Set<String>> ids) {
            Set<String> union = new HashSet<>();
            ids.values().forEach(union::addAll);
            return union;
        }
    }
}
