package io.tokensync.scanner.source.sqlite.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.scanner.fixture.LateClock;
import io.tokensync.scanner.fixture.Schema;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.fixture.TestWatch;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.TokenColumn;
import io.tokensync.scanner.source.sqlite.DatabaseOpener;
import io.tokensync.scanner.source.sqlite.TokenReader;
import io.tokensync.scanner.watch.Progress;
import io.tokensync.testkit.time.HandClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** After a reading the node's directory is as it was before, whatever state the node has left its database in. */
class NoTraceTest {
    @TempDir
    Path directory;
    private Path root;
    private Path copies;
    private final HandClock clock = LateClock.create();

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectory(directory.resolve("nodes"));
        copies = directory.resolve("copies");
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "wal"})
    void aDatabaseThatNobodyHasOpenIsReadWithoutATrace(String journalMode) throws Exception {
        TestNode node = TestNode.create(root, "n", Schema.G4, journalMode).tokens(0, 50);
        node.close();
        Map<String, String> before = files(node.file());
        assertThat(before.keySet()).containsExactly("rubix.db");
        assertThat(read(node.file())).hasSize(50);
        assertThat(files(node.file())).isEqualTo(before);
        assertThat(copies).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "wal"})
    void aDatabaseThatItsNodeHasOpenIsReadInPlaceWithoutATrace(String journalMode) throws Exception {
        try (TestNode node = TestNode.create(root, "n", Schema.G4, journalMode).tokens(0, 50)) {
            List<String> before = List.copyOf(files(node.file()).keySet());
            assertThat(read(node.file())).hasSize(50);
            assertThat(files(node.file())).containsOnlyKeys(before);
        }
        assertThat(files(TestNode.fileOf(root, "n"))).containsOnlyKeys("rubix.db");
    }

    @Test
    void aLinkToADatabaseIsReadWithTheLogBesideTheDatabase() throws Exception {
        Path link = TestNode.fileOf(root, "l");
        Files.createDirectories(link.getParent());
        try (TestNode node = TestNode.create(directory.resolve("elsewhere"), "n", Schema.G4, "wal").tokens(0, 30)) {
            Files.createSymbolicLink(link, node.file());
            String before = DatabaseStamp.of(link).text();
            assertThat(read(link)).hasSize(30);
            node.tokens(30, 50);
            assertThat(DatabaseStamp.of(link).text()).isNotEqualTo(before);
            assertThat(read(link)).hasSize(50);
            assertThat(copies).doesNotExist();
        }
    }

    @Test
    void theLogOfANodeThatWasKilledIsReadWithoutATrace() throws Exception {
        Path killed = image("-wal");
        Map<String, String> before = files(killed);
        assertThat(before).containsOnlyKeys("rubix.db", "rubix.db-wal");
        assertThat(read(killed)).hasSize(30);
        assertThat(files(killed)).isEqualTo(before);
    }

    @Test
    void aWriteThatANodeDiedInIsRolledBackInTheCopyAlone() throws Exception {
        TestNode node = TestNode.create(root, "n").tokens(0, 500);
        node.script("PRAGMA cache_size = 1", "PRAGMA cache_spill = 1", "BEGIN IMMEDIATE");
        node.execute("UPDATE TokensTable SET token_status = 7");
        Path killed = copyOf(node.file(), List.of("", "-journal"));
        node.script("ROLLBACK").close();
        Map<String, String> before = files(killed);
        assertThat(read(killed)).hasSize(500)
                .allSatisfy(row -> assertThat(row.value(TokenColumn.TOKEN_STATUS)).isEqualTo(0L));
        assertThat(files(killed)).isEqualTo(before);
    }

    @Test
    void whateverANodeDoesWhileItsDatabaseIsCopiedShowsInTheFiles() throws Exception {
        TestNode.create(root, "n", Schema.G4, "wal").tokens(0, 5).close();
        DatabaseFiles files = new DatabaseFiles(TestNode.fileOf(root, "n"));
        String before = files.text();
        try (TestNode node = TestNode.open(files.database()).script("SELECT * FROM TokensTable")) {
            assertThat(files.text()).as("only opened").isNotEqualTo(before);
            node.token("new", 0);
        }
        assertThat(files.text()).as("written and closed").isNotEqualTo(before);
    }

    @Test
    void aFileThatWasTouchedJustNowIsNotCopiedBeforeTheClockHasMovedOn() throws Exception {
        TestNode.create(root, "n", Schema.G4, "wal").tokens(0, 5).close();
        Path file = TestNode.fileOf(root, "n");
        clock.set(Files.getLastModifiedTime(file).toInstant());
        List<Duration> pauses = new ArrayList<>();
        PrivateCopy.take(new DatabaseFiles(file), copies, clock, pauses::add, Progress.UNWATCHED).close();
        assertThat(pauses).containsExactly(Duration.ofSeconds(2));
    }

    @Test
    void aCopyThatCannotBeMadeSaysWhereAndWhatToDo() throws Exception {
        TestNode.create(root, "n", Schema.G4, "wal").tokens(0, 5).close();
        Files.writeString(directory.resolve("file"), "in the way");
        copies = directory.resolve("file").resolve("copies");
        assertThatThrownBy(() -> read(TestNode.fileOf(root, "n"))).isInstanceOfSatisfying(
                DatabaseProblemException.class, e -> {
                    assertThat(e.problem().kind()).isEqualTo(ProblemKind.COPY_FAILED);
                    assertThat(e.problem().describe()).contains("rubix.db", copies.toString(), "scanner.state-dir");
                });
    }

    private Path image(String... suffixes) throws IOException {
        try (TestNode node = TestNode.create(root, "n", Schema.G4, "wal")) {
            node.script("PRAGMA wal_autocheckpoint = 0").tokens(0, 30);
            List<String> parts = new ArrayList<>(List.of(""));
            parts.addAll(List.of(suffixes));
            return copyOf(node.file(), parts);
        }
    }

    private Path copyOf(Path file, List<String> suffixes) throws IOException {
        Path copy = Files.createDirectories(directory.resolve("killed/n/Rubix")).resolve("rubix.db");
        for (String suffix : suffixes) {
            Files.copy(file.resolveSibling("rubix.db" + suffix), copy.resolveSibling("rubix.db" + suffix));
        }
        return copy;
    }

    private List<RawRow> read(Path file) throws Exception {
        List<RawRow> rows = new ArrayList<>();
        ReadingConfig config = new ReadingConfig(7, Duration.ofSeconds(10), Duration.ZERO, 1, 0,
                Duration.ofMinutes(1));
        try (TokenReader reader = new DatabaseOpener(config, copies, TestWatch.create(), clock, _ -> {}).open(file)) {
            for (RawRow row = reader.next(); row != null; row = reader.next()) {
                rows.add(row);
            }
        }
        return rows;
    }

    /** Names, sizes, times of writing and identities of the files in the directory of a database. */
    private static Map<String, String> files(Path file) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(file.getParent())) {
            for (Path each : all.toList()) {
                files.put(each.getFileName().toString(), FileStamp.of(each).contentText());
            }
        }
        return files;
    }
}
