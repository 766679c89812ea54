package io.tokensync.scanner.source.sqlite.file;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.scanner.fixture.Schema;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.fixture.TestWatch;
import io.tokensync.scanner.source.DatabaseProblemException;

import static org.assertj.core.api.Assertions.assertThat;

class ChangeWatchTest {
    private static final Instant LONG_AFTER = Instant.parse("2100-01-01T00:00:00Z");

    @TempDir
    Path root;
    private ChangeWatch watch = new ChangeWatch(2, TestWatch.create());
    private final Instant justNow = Instant.now();

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void aCommitIsSeenThatTheStampsDoNotShow() throws Exception {
        try (TestNode node = TestNode.create(root, "n").token("a", 0)) {
            DatabaseStamp stamp = DatabaseStamp.of(node.file());
            String remembered = stamp.rememberedAt(LONG_AFTER);
            watch.begin(node.file(), stamp);
            assertThat(watch.isUnchanged(node.file(), stamp, remembered)).isTrue();
            node.token("b", 0);
            assertThat(watch.isUnchanged(node.file(), stamp, remembered)).isFalse();
        }
    }

    @Test
    void aYoungStampIsBelievedOnlyWithAConnectionFromBeforeTheReading() throws Exception {
        try (TestNode node = TestNode.create(root, "n").token("a", 0)) {
            DatabaseStamp stamp = DatabaseStamp.of(node.file());
            String remembered = stamp.rememberedAt(justNow);
            assertThat(watch.isUnchanged(node.file(), stamp, remembered)).isFalse();
            watch.begin(node.file(), stamp);
            assertThat(watch.isUnchanged(node.file(), stamp, remembered)).isTrue();
            assertThat(watch.isUnchanged(node.file(), stamp, null)).isFalse();
        }
    }

    @Test
    void aStampFromBeforeTheClockWasSetBackIsBelieved() throws Exception {
        try (TestNode node = TestNode.create(root, "n").token("a", 0)) {
            DatabaseStamp stamp = DatabaseStamp.of(node.file());
            Instant now = Instant.now();
            assertThat(watch.isUnchanged(node.file(), stamp, stamp.rememberedAt(now.minus(Duration.ofDays(365)))))
                    .isTrue();
            assertThat(watch.isUnchanged(node.file(), stamp, stamp.rememberedAt(now.minus(Duration.ofHours(1)))))
                    .isFalse();
        }
    }

    @Test
    void aWriterIsNotHinderedBetweenTheQuestions() throws Exception {
        try (TestNode node = TestNode.create(root, "n").token("a", 0)) {
            watch.begin(node.file(), DatabaseStamp.of(node.file()));
            node.script("PRAGMA busy_timeout = 0", "BEGIN EXCLUSIVE").token("b", 0);
            assertThat(watch.isUnchanged(node.file(), DatabaseStamp.of(node.file()), "any")).isFalse();
            node.script("COMMIT");
            watch.begin(node.file(), DatabaseStamp.of(node.file()));
            node.script("VACUUM", "PRAGMA journal_mode = wal").token("c", 0);
        }
        assertThat(root.resolve("n/Rubix")).isDirectoryNotContaining("glob:**-wal");
    }

    @Test
    void inWalModeNothingIsHeldSoThatTheNodeCanFoldItsLog() throws Exception {
        TestNode node = TestNode.create(root, "n", Schema.G4, "wal").token("a", 0);
        DatabaseStamp stamp = DatabaseStamp.of(node.file());
        watch.begin(node.file(), stamp);
        assertThat(watch.isUnchanged(node.file(), stamp, stamp.rememberedAt(justNow))).isFalse();
        assertThat(watch.isUnchanged(node.file(), stamp, stamp.rememberedAt(LONG_AFTER))).isTrue();
        node.close();
        assertThat(root.resolve("n/Rubix")).isDirectoryNotContaining("glob:**-{wal,shm}");
    }

    @Test
    void onlySoManyConnectionsAreHeld() throws Exception {
        List<Path> files = Stream.of("a", "b", "c").map(name -> {
            TestNode.create(root, name).token(name, 0).close();
            return TestNode.fileOf(root, name);
        }).toList();
        for (Path file : files) {
            watch.begin(file, DatabaseStamp.of(file));
        }
        assertThat(files).map(this::isBelievedYoung).containsExactly(false, true, true);
        watch.retain(files.subList(0, 2));
        assertThat(files).map(this::isBelievedYoung).containsExactly(false, true, false);
    }

    private boolean isBelievedYoung(Path file) {
        try {
            DatabaseStamp stamp = DatabaseStamp.of(file);
            return watch.isUnchanged(file, stamp, stamp.rememberedAt(justNow));
        } catch (DatabaseProblemException e) {
            throw new IllegalStateException(e);
        }
    }
}
