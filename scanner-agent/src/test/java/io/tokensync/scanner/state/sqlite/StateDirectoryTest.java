package io.tokensync.scanner.state.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.scanner.fixture.LateClock;
import io.tokensync.scanner.state.CorruptStateException;
import io.tokensync.scanner.state.DatabaseStore;
import io.tokensync.scanner.state.PublishedKey;
import io.tokensync.scanner.state.PublishedRow;
import io.tokensync.scanner.state.RejectionMark;
import io.tokensync.scanner.state.ScanCheckpoint;
import io.tokensync.scanner.state.StateChanges;
import io.tokensync.scanner.state.StateStore;
import io.tokensync.scanner.state.StateUnavailableException;
import io.tokensync.scanner.state.TrackedDatabase.Held;
import io.tokensync.scanner.state.VersionClock;
import io.tokensync.testkit.time.HandClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StateDirectoryTest {
    @TempDir
    Path directory;
    private final HandClock clock = LateClock.create();

    @Test
    void whatWasAppliedIsThereAfterARestart() {
        try (StateDirectory home = StateDirectory.take(directory, clock)) {
            try (StateStore state = home.open()) {
                DatabaseStore database = state.database("n", "/n");
                database.beginScan();
                long intent = database.intend(List.of(new PublishedRow(new PublishedKey(1, 5, "b"), 42, 7)),
                        List.of());
                database.apply(intent,
                        new StateChanges(List.of(), List.of(), List.of(new RejectionMark(0, 5, 99))));
            }
            try (StateStore state = home.open()) {
                DatabaseStore database = state.database("n", "/n");
                database.beginScan();
                assertThat(database.rowsAfter(PublishedKey.FIRST, 10))
                        .containsExactly(new PublishedRow(new PublishedKey(1, 5, "b"), 42, 7));
                assertThat(database.rowsAfter(new PublishedKey(1, 5, "b"), 10)).isEmpty();
                assertThat(database.rejectedHash(0, 5)).hasValue(99);
            }
        }
    }

    @Test
    void whatIsDeletedInOnePlaceIsInDoubtInOthersAndReadAgain() {
        try (StateDirectory home = StateDirectory.take(directory, clock); StateStore state = home.open()) {
            DatabaseStore database = state.database("n", "/n");
            ScanCheckpoint end = new ScanCheckpoint("stamp", Held.NONE, 0, clock.instant(), clock.instant());
            PublishedRow deleted = new PublishedRow(new PublishedKey(0, 1, "x"), 1, 1);
            PublishedRow other = new PublishedRow(new PublishedKey(2, 7, "x"), 2, 2);
            PublishedRow stranger = new PublishedRow(new PublishedKey(2, 8, "y"), 3, 3);
            database.beginScan();
            database.apply(0, new StateChanges(List.of(deleted, other, stranger), List.of(), List.of()));
            database.doubtOtherPlaces(List.of(deleted.key()));
            assertThat(database.rowsAfter(PublishedKey.FIRST, 10)).containsExactly(deleted,
                    new PublishedRow(other.key(), 0, 0), stranger);
            database.endScan(end);
            assertThat(state.database("n", "/n").tracked().stamp()).isNull();
            database.beginScan();
            database.doubtOtherPlaces(List.of(stranger.key()));
            database.endScan(end);
            assertThat(state.database("n", "/n").tracked().stamp()).isEqualTo("stamp");
        }
    }

    @Test
    void anIntentThatWasNotAcknowledgedMakesItsRowsDirty() {
        PublishedRow before = new PublishedRow(new PublishedKey(0, 1, "x"), 5, 99);
        PublishedRow published = new PublishedRow(new PublishedKey(0, 2, "y"), 6, 100);
        PublishedKey deleted = new PublishedKey(2, -3, "a\u0000\ud83d\ude00");
        try (StateDirectory home = StateDirectory.take(directory, clock)) {
            try (StateStore state = home.open()) {
                DatabaseStore database = state.database("n", "/n");
                database.apply(0, new StateChanges(List.of(before), List.of(), List.of()));
                database.intend(List.of(published), List.of(deleted));
            }
            try (StateStore state = home.open()) {
                DatabaseStore database = state.database("n", "/n");
                assertThat(database.rowsAfter(PublishedKey.FIRST, 10)).containsExactly(before, published);
                database.beginScan();
                assertThat(database.rowsAfter(PublishedKey.FIRST, 10)).containsExactly(before,
                        PublishedRow.dirty(published.key()), PublishedRow.dirty(deleted));
            }
        }
    }

    @Test
    void aSecondAgentIsKeptOut() {
        try (StateDirectory _ = StateDirectory.take(directory, clock)) {
            assertThatThrownBy(() -> StateDirectory.take(directory, clock))
                    .isInstanceOf(StateUnavailableException.class)
                    .hasMessageContaining(directory.toString()).hasMessageContaining("scanner.state-dir");
        }
        StateDirectory.take(directory, clock).close();
    }

    @Test
    void anotherProcessIsKeptOutAlsoWhenScanCycleesHaveEnded() throws Exception {
        try (StateDirectory home = StateDirectory.take(directory, clock)) {
            home.passed();
            home.open().close();
            home.passed();
            assertThat(TakingProcess.takes(directory)).isFalse();
        }
        assertThat(TakingProcess.takes(directory)).isTrue();
    }

    @Test
    void aDamagedStateIsQuarantinedAndBegunAnew() throws IOException {
        try (StateDirectory home = StateDirectory.take(directory, clock)) {
            Files.writeString(directory.resolve(StateDirectory.FILE), "no state ".repeat(1_000));
            assertThatThrownBy(home::open).isInstanceOf(CorruptStateException.class);
            Path quarantined = home.quarantine();
            assertThat(quarantined).exists();
            try (StateStore state = home.open()) {
                assertThat(state.databases()).isEmpty();
            }
        }
    }

    @Test
    void aStateOfAnEarlierReleaseIsQuarantinedButForItsVersions() throws Exception {
        try (StateDirectory home = StateDirectory.take(directory, clock)) {
            try (StateStore state = home.open()) {
                state.reserveVersions(77);
                state.database("n", "/n");
            }
            script("DROP TABLE chunk", "PRAGMA user_version = 1");
            assertThatThrownBy(home::open).isInstanceOf(CorruptStateException.class)
                    .hasMessageContaining("earlier release");
            home.quarantine();
            try (StateStore state = home.open()) {
                assertThat(state.databases()).isEmpty();
                assertThat(state.versionCeiling()).isEqualTo(77);
            }
        }
    }

    @Test
    void aStateWhoseMakingWasBrokenOffIsMade() throws Exception {
        try (StateDirectory home = StateDirectory.take(directory, clock)) {
            home.open().close();
            script("DROP TABLE intent", "PRAGMA user_version = 0");
            try (StateStore state = home.open()) {
                DatabaseStore database = state.database("n", "/n");
                database.intend(List.of(), List.of(new PublishedKey(0, 1, "a")));
            }
            home.open().close();
        }
    }

    @Test
    void everyChangedByteOfAnIntentIsNoticed() {
        List<PublishedKey> keys = List.of(new PublishedKey(2, -7, "a\u0000\ud83d\ude00"),
                new PublishedKey(0, 1, "Qm" + "x".repeat(44)));
        Intent intent = new Intent(77, keys);
        byte[] bytes = intent.write();
        assertThat(Intent.read(bytes)).isEqualTo(intent);
        for (int at = 0; at < bytes.length; at++) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 4;
            assertThatThrownBy(() -> Intent.read(damaged)).isInstanceOf(CorruptStateException.class);
            byte[] cut = Arrays.copyOf(bytes, at);
            assertThatThrownBy(() -> Intent.read(cut)).isInstanceOf(CorruptStateException.class);
        }
    }

    private void script(String... statements) throws SQLException {
        try (Connection connection = DriverManager
                .getConnection("jdbc:sqlite:" + directory.resolve(StateDirectory.FILE));
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    @Test
    void aStateCutShortIsNotBelieved() throws IOException {
        try (StateDirectory home = StateDirectory.take(directory, clock)) {
            try (StateStore state = home.open()) {
                DatabaseStore database = state.database("n", "/n");
                List<PublishedRow> rows = IntStream.range(0, 2_000)
                        .mapToObj(i -> new PublishedRow(new PublishedKey(0, i, "key" + i), i, i))
                        .toList();
                database.apply(0, new StateChanges(rows, List.of(), List.of()));
            }
            Path file = directory.resolve(StateDirectory.FILE);
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(bytes, bytes.length - 4_096));
            assertThatThrownBy(home::open).isInstanceOf(CorruptStateException.class);
        }
    }

    @Test
    void versionsRiseOverRestartsAndClocksThatStepBack() {
        long last = 0;
        try (StateDirectory home = StateDirectory.take(directory, clock)) {
            for (int restart = 0; restart < 5; restart++) {
                clock.set(Instant.parse("2030-01-01T00:00:00Z").minusSeconds(restart * 3_600L));
                try (StateStore state = home.open()) {
                    VersionClock versions = new VersionClock(state, clock, 0);
                    for (int i = 0; i < 100; i++) {
                        long version = versions.next();
                        assertThat(version).isGreaterThan(last);
                        last = version;
                    }
                }
            }
        }
        assertThat(last).isGreaterThan(Instant.parse("2030-01-01T00:00:00Z").getEpochSecond() * 1_000_000);
    }

    @Test
    void anotherIdentityForgetsEveryRowButNoVersion() {
        try (StateDirectory home = StateDirectory.take(directory, clock); StateStore state = home.open()) {
            state.setSourceIp("one");
            state.reserveVersions(77);
            DatabaseStore database = state.database("n", "/n");
            database.apply(0,
                    new StateChanges(List.of(new PublishedRow(new PublishedKey(0, 1, "a"), 1, 1)), List.of(),
                            List.of()));
            state.setSourceIp("one");
            assertThat(database.rowCount()).isEqualTo(1);
            state.setSourceIp("two");
            assertThat(state.databases()).isEmpty();
            assertThat(state.versionCeiling()).isEqualTo(77);
        }
    }
}
