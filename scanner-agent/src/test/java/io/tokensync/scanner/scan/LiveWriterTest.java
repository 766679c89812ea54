package io.tokensync.scanner.scan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.scanner.config.DeletionLimits;
import io.tokensync.scanner.fixture.Schema;
import io.tokensync.scanner.fixture.TestAgent;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.source.sqlite.file.ReadingConfig;

import static org.assertj.core.api.Assertions.assertThat;

/** Passes beside a writer that behaves like a node: its own connection, a transaction an edit, a busy timeout. */
class LiveWriterTest {
    private static final int TOKENS = 60;
    private static final int PASSES = 5;
    private static final long WORK_BETWEEN_EDITS = 3_000_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"delete", "wal"})
    void aNodeThatKeepsWritingIsFollowedAndNeverFails(String journalMode) throws Exception {
        Path root = Files.createDirectory(directory.resolve("nodes"));
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger commits = new AtomicInteger();
        try (TestNode node = TestNode.create(root, "n", Schema.G4, journalMode).tokens(0, TOKENS);
                TestAgent agent = agent(root)) {
            node.script("PRAGMA busy_timeout = 5000");
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(node, stop, commits));
            for (int cycle = 0; cycle < PASSES; cycle++) {
                cycle(agent);
            }
            stop.set(true);
            writer.get();
            for (int cycle = 0; cycle < 2; cycle++) {
                cycle(agent);
            }
            assertThat(commits).hasPositiveValue();
            assertThat(statuses(agent)).isEqualTo(statuses(node));
        }
        assertThat(TestNode.fileOf(root, "n").getParent()).isDirectoryNotContaining("glob:**-{wal,shm,journal}");
    }

    @Test
    void inWalModeTheWholeLogCanBeCheckpointedInTheMiddleOfAReading() throws Exception {
        Path root = Files.createDirectory(directory.resolve("nodes"));
        try (TestNode node = TestNode.create(root, "n", Schema.G4, "wal").tokens(0, 40);
                TestAgent agent = agent(root)) {
            AtomicInteger checkpointed = new AtomicInteger();
            agent.topic.rejectForSize(record -> {
                node.status(checkpointed.get(), 7);
                checkpointed.addAndGet(fold(node));
                return false;
            });
            agent.cycle();
            assertThat(checkpointed).hasValue(40);
        }
    }

    /** With the time of the files, so that a stamp is only believed when it is older than what the file system tells apart. */
    private static void cycle(TestAgent agent) {
        agent.clock.set(Instant.now());
        agent.cycle();
    }

    /** Small pages: each is a chance to be in the way of the writer, and it of the reader. */
    private TestAgent agent(Path root) {
        TestAgent agent = new TestAgent(root, directory.resolve("state"));
        agent.restart(config -> {
            config.reading = new ReadingConfig(10, Duration.ofSeconds(10), Duration.ofSeconds(60), 3, 10,
                    Duration.ofMinutes(10));
            config.deletes = new DeletionLimits(1, Duration.ZERO, Set.of());
        });
        return agent;
    }

    /** Folds and empties the log, and returns 1; a reader with a snapshot would not let it. */
    private static int fold(TestNode node) {
        try (Statement statement = node.connection().createStatement();
                ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
            return row.getInt("busy") == 0 ? 1 : 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(TestNode node, AtomicBoolean stop, AtomicInteger commits) {
        SplittableRandom random = new SplittableRandom(7);
        while (!stop.get()) {
            int token = random.nextInt(TOKENS + 10);
            switch (random.nextInt(10)) {
                case 0 -> node.delete(token);
                case 1, 2 -> node.token(token, 0);
                default -> node.status(token, random.nextInt(20));
            }
            commits.incrementAndGet();
            LockSupport.parkNanos(WORK_BETWEEN_EDITS);
        }
    }

    private static Map<String, String> statuses(TestAgent agent) {
        Map<String, String> statuses = new HashMap<>();
        agent.topic.table().forEach((key, row) -> statuses.put(key.tokenId(), row.tokenStatus()));
        return statuses;
    }

    private static Map<String, String> statuses(TestNode node) throws SQLException {
        Map<String, String> statuses = new HashMap<>();
        try (Statement statement = node.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT token_id, token_status FROM TokensTable")) {
            while (rows.next()) {
                statuses.put(rows.getString(1), rows.getString(2));
            }
        }
        return statuses;
    }
}
