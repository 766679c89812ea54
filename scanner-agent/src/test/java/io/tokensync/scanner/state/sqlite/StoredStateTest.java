package io.tokensync.scanner.state.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.scanner.fixture.LateClock;
import io.tokensync.scanner.state.DatabaseStore;
import io.tokensync.scanner.state.PublishedKey;
import io.tokensync.scanner.state.PublishedRow;
import io.tokensync.scanner.state.RejectionMark;
import io.tokensync.scanner.state.ScanCheckpoint;
import io.tokensync.scanner.state.StateChanges;
import io.tokensync.scanner.state.StateStore;
import io.tokensync.scanner.state.TrackedDatabase;
import io.tokensync.testkit.time.HandClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The files in {@code state/} are states as agents wrote them once, one of each format. An agent that is upgraded must continue
 * from its state: whoever raises the format adds a file, and either reads those before or says in the changelog that agents
 * publish everything once more. A file is never changed.
 */
class StoredStateTest {
    private static final String WRITE = "tokensync.state";
    private static final List<PublishedRow> ROWS = List.of(new PublishedRow(new PublishedKey(0, 1, "token-a"), 11, 101),
            new PublishedRow(new PublishedKey(0, 2, "token-b"), 12, 102),
            new PublishedRow(new PublishedKey(1, 1, "token-c"), -13, 103));
    private static final Instant READ = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path directory;

    private final HandClock clock = LateClock.create();

    @Test
    void theStateOfThisFormatIsContinuedFrom() throws IOException {
        if (System.getProperty(WRITE) != null) {
            writeTo(Path.of(System.getProperty(WRITE)));
        }
        String path = "/state/format-" + StateDirectory.FORMAT + ".db";
        try (InputStream file = StoredStateTest.class.getResourceAsStream(path)) {
            assertThat(file).as("%s; write it by -D%s=FILE", path, WRITE).isNotNull();
            Files.copy(file, directory.resolve(StateDirectory.FILE));
        }
        try (StateDirectory home = StateDirectory.take(directory, clock); StateStore state = home.open()) {
            assertThat(state.sourceIp()).contains("10.0.0.1");
            assertThat(state.versionCeiling()).isEqualTo(777);
            assertThat(state.databases()).hasSize(1);
            DatabaseStore database = state.database("node1", "/n/node1/Rubix/rubix.db");
            TrackedDatabase tracked = database.tracked();
            assertThat(tracked.stamp()).isEqualTo("stamp-1");
            assertThat(tracked.readBefore()).isTrue();
            assertThat(tracked.held()).isEqualTo(new TrackedDatabase.Held(5, 2, READ, Duration.ofSeconds(30)));
            assertThat(database.rowCount()).isEqualTo(ROWS.size());
            database.beginScan();
            assertThat(database.rowsAfter(PublishedKey.FIRST, 10)).isEqualTo(ROWS);
            assertThat(database.rejectedHash(0, 9)).hasValue(99);
        }
    }

    /** As an agent leaves it that has read one database to its end. */
    private void writeTo(Path file) throws IOException {
        Path made = Files.createDirectory(directory.resolve("made"));
        try (StateDirectory home = StateDirectory.take(made, clock)) {
            try (StateStore state = home.open()) {
                state.setSourceIp("10.0.0.1");
                state.reserveVersions(777);
                DatabaseStore database = state.database("node1", "/n/node1/Rubix/rubix.db");
                database.beginScan();
                long intent = database.intend(ROWS, List.of());
                database.apply(intent, new StateChanges(List.of(), List.of(), List.of(new RejectionMark(0, 9, 99))));
                database.endScan(new ScanCheckpoint("stamp-1",
                        new TrackedDatabase.Held(5, 2, READ, Duration.ofSeconds(30)), 0, READ, READ));
            }
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.copy(made.resolve(StateDirectory.FILE), file);
    }
}
